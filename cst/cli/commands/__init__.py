"""One file a command: it reads the request, calls the engine, shows the page; it holds no rule and no layout."""
