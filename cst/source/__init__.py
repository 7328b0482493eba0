"""From files to checked records, and every fault on the way; the only room that reads YAML and the shape of records."""
