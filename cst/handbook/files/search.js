// Finding sections by any words: cst/toolkit/search/ in the same order, compared with it on every phrase of the tests.
// The rows and the measured constants come from there; see there for what each step is for.
function normal(text) {
  const bare = text.toLowerCase().replace(/\u00df/g, "ss").replace(/['\u2019]/g, "");
  return bare.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

function add(map, key, more) {
  map.set(key, (map.get(key) || 0) + more);
}

function lettersOf(word, sizes) {
  const signs = [...` ${word} `];
  return sizes.flatMap((size) =>
    Array.from({ length: Math.max(1, signs.length - size + 1) }, (_, at) => signs.slice(at, at + size).join(""))
  );
}

class Index {
  constructor(rows, is) {
    this.is = is;
    const first = rows.findIndex((row) => row.directory);
    const said = first < 0 ? rows.length : first;
    const many = new Map();
    this.letters = new Map();
    const all = rows.map((row) => this.parts(row.text ? row.text.split(" ") : []));
    for (const found of all.slice(0, said)) for (const part of found.keys()) add(many, part, 1);
    this.most = 1 + Math.log(1 + said);
    this.rare = new Map([...many].map(([part, count]) => [part, this.most - Math.log(1 + count)]));
    this.places = this.weighed(all, many, rows, said);
    this.company_ = this.kept(rows);
    this.spelt = this.byLength();
  }

  parts(words) {
    const found = new Map();
    for (const word of words) {
      add(found, `=${word}`, this.is.WORD);
      if (!this.letters.has(word)) this.letters.set(word, lettersOf(word, this.is.PARTS));
      for (const part of this.letters.get(word)) add(found, part, 1);
    }
    for (let at = 1; at < words.length; at++) add(found, `=${words[at - 1]} ${words[at]}`, this.is.PAIR);
    return found;
  }

  weighed(all, many, rows, first) {
    const places = new Map();
    const rarity = (part) => (this.rare.has(part) ? this.rare.get(part) : this.most);
    all.forEach((found, place) => {
      const telling = [...found].filter(([part]) => part[0] === "=" || (many.get(part) || 0) <= this.is.COMMON);
      const weights = telling.map(([part, count]) => [part, count * rarity(part)]);
      const length = Math.sqrt(weights.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1;
      for (const [part, weight] of weights) {
        if (!places.has(part)) places.set(part, []);
        const held = places.get(part);
        held.push([place, Math.max(1, half(this.is.FINE * weight / length))]);
        if (rows[place].directory && held.length % (4 * this.is.DIRECTORY) === 0) places.set(part, this.few(held, first));
      }
    });
    return new Map([...places].map(([part, found]) => [part, this.few(found, first)]));
  }

  few(found, first) {
    if (found.length <= this.is.DIRECTORY) return found;
    const listed = found.filter((one) => one[0] >= first).sort((one, other) => other[1] - one[1]);
    return [...found.filter((one) => one[0] < first), ...listed.slice(0, this.is.DIRECTORY)];
  }

  kept(rows) {
    const kept = new Map();
    for (const [part, found] of this.places) {
      if (part[0] !== "=" || part.includes(" ") || !this.rare.has(part)) continue;
      const speaks = new Map();
      for (const [place] of found) {
        if (!rows[place].directory) for (const [entry, weight] of rows[place].speaks) add(speaks, entry, weight);
      }
      const best = [...speaks].sort((one, other) => other[1] - one[1]).slice(0, this.is.COMPANY);
      const few = found.length + this.is.FEW;
      kept.set(part, best.map(([entry, weight]) => [entry, (weight * this.rare.get(part)) / few]));
    }
    return kept;
  }

  byLength() {
    const known = [...this.rare.keys()].filter((part) => part[0] === "=" && !part.includes(" ") && part.length > 1);
    const found = new Map();
    for (const word of known.map((part) => part.slice(1)).sort()) {
      const key = `${[...word][0]}${[...word].length}`;
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(word);
    }
    return found;
  }

  rarity(word) {
    const part = `=${word}`;
    return this.places.has(part) ? (this.rare.has(part) ? this.rare.get(part) : this.most) : 0;
  }

  meant(word) {
    return this.rarity(word) ? word : this.spelling(word);
  }

  spelling(word) {
    const length = [...word].length;
    const most = length < this.is.SHORTEST ? 0 : length >= this.is.LONG ? 2 : 1;
    let [best, fewest] = [word, most + 1];
    for (let size = length - most; most && size <= length + most; size++) {
      for (const other of this.spelt.get(`${[...word][0]}${size}`) || []) {
        const made = slips([...word], [...other], fewest);
        if (made < fewest) [best, fewest] = [other, made];
      }
    }
    return best;
  }

  near(words, atLeast) {
    const [dots, covered] = [new Map(), new Map()];
    let length = 0;
    for (const [part, count] of this.parts(words)) {
      const found = this.places.get(part);
      if (!found) continue;
      const weight = count * (this.rare.has(part) ? this.rare.get(part) : this.most);
      length += weight * weight;
      for (const [place, share] of found) {
        add(dots, place, weight * share);
        add(covered, place, share * share);
      }
    }
    const scale = 1 / (Math.sqrt(length) * this.is.FINE);
    const least = atLeast * Math.max(...dots.values());
    const near = [];
    for (const [place, dot] of dots) {
      if (dot < least) continue;
      const cosine = Math.min(1, dot * scale);
      const share = covered.get(place) / (this.is.FINE * this.is.FINE);
      const score = (1 - this.is.COVERED) * cosine + this.is.COVERED * Math.sqrt(cosine) * share;
      near.push({ place, score, cosine, covered: share });
    }
    return near.sort((one, other) => other.score - one.score);
  }

  company(words) {
    const found = new Map();
    for (const word of new Set(words)) {
      for (const [entry, weight] of this.company_.get(`=${word}`) || []) add(found, entry, weight);
    }
    return found;
  }
}

function pairs(numbers, weights) {
  return Array.from({ length: numbers.length / 2 }, (_, at) => [numbers[2 * at], weights[numbers[2 * at + 1]]]);
}

// A half goes to the even number, as in Python.
function half(value) {
  const whole = Math.floor(value);
  const rest = value - whole;
  return rest > 0.5 || (rest === 0.5 && whole % 2) ? whole + 1 : whole;
}

function slips(word, other, stop) {
  const [ones, others] = [new Set(word), new Set(other)];
  const apart = [...ones].filter((sign) => !others.has(sign)).length + [...others].filter((sign) => !ones.has(sign)).length;
  if (apart > 2 * (stop - 1)) return stop;
  let earlier = [];
  let above = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= word.length; at++) {
    const row = [at];
    for (let to = 1; to <= other.length; to++) {
      let cost = Math.min(above[to] + 1, row[to - 1] + 1, above[to - 1] + (word[at - 1] !== other[to - 1] ? 1 : 0));
      if (at > 1 && to > 1 && word[at - 1] === other[to - 2] && word[at - 2] === other[to - 1]) {
        cost = Math.min(cost, earlier[to - 2] + 1);
      }
      row.push(cost);
    }
    if (Math.min(...row) >= stop) return stop;
    [earlier, above] = [above, row];
  }
  return Math.min(above[above.length - 1], stop);
}

// `known`: the rows, the entries that they speak for by number, the names, and what is measured.
class Search {
  constructor(known) {
    this.is = known.measured;
    this.small = new Set(known.small);
    this.now = new Set(known.now);
    this.urgent = new Set(known.urgent);
    this.hurts = new Set(known.hurts);
    this.names = known.names;
    this.danger = known.danger;
    this.nothing = known.nothing;
    this.victim = known.victim;
    this.rows = known.rows.map(([text, speaks, signs]) => ({
      text, speaks: pairs(speaks, known.weights), danger: Boolean(signs & 1), whole: Boolean(signs & 2), directory: Boolean(signs & 4),
    }));
    this.index = new Index(this.rows, this.is);
  }

  exact(text) {
    const wanted = normal(text);
    const number = [wanted.replace(/s$/, ""), `${wanted}s`];
    const bare = wanted.replace(/^the /, "").replace(/^www /, "");
    const forms = wanted ? [wanted, wanted.replace(/ /g, ""), bare, ...number] : [];
    const form = forms.find((one) => Object.hasOwn(this.names, one));
    return form === undefined ? [] : this.names[form];
  }

  find(text, most = 6) {
    const typed = normal(text.slice(0, this.is.READ)).split(" ").filter(Boolean);
    const words = typed.map((word) => this.index.meant(word));
    const near = this.near(words);
    const votes = this.votes(near);
    const company = this.company(words);
    const points = new Map();
    for (const key of [...votes.keys(), ...company.keys()]) {
      points.set(key, (votes.get(key) || 0) + (company.get(key) || 0));
    }
    const ranked = [...points.keys()].sort((one, other) => points.get(other) - points.get(one));
    let fitting = ranked.filter((one) => one !== this.nothing && points.get(one) >= this.is.FAR * points.get(ranked[0]));
    const danger = near.find((one) => one.row.danger && one.said);
    if (danger) return { entries: led(this.danger, fitting).slice(0, most), clear: true, like: danger.row.text };
    if (!fitting.length) fitting = ranked.filter((one) => one !== this.nothing).slice(0, 1);
    if (!fitting.length || !this.isAbout(typed, words, near, votes, company, fitting[0])) {
      return { entries: [], clear: false, like: "" };
    }
    const first = near.find((one) => speaksFor(one.row, fitting[0])) || near[near.length - 1];
    const like = first.row.text;
    if (!this.now.has(fitting[0]) && this.mayBeDanger(near, company)) {
      const lead = ranked.find((one) => this.now.has(one));
      return { entries: led(lead === undefined ? this.danger : lead, fitting).slice(0, most), clear: false, like };
    }
    const rivals = fitting.filter((one) => !speaksFor(first.row, one)).map((one) => points.get(one));
    const telling = typed.filter((word) => !this.small.has(word));
    const sure = first.cosine >= (telling.length > 1 ? this.is.SURE : this.is.WHOLE);
    const clear = sure && points.get(fitting[0]) >= this.is.CLEAR * Math.max(0, ...rivals);
    if (!this.hurts.has(fitting[0]) || first.cosine >= this.is.OWN) {
      return { entries: fitting.slice(0, most), clear, like };
    }
    const beside = fitting.filter((one) => !this.hurts.has(one));
    return { entries: led(beside.length ? beside[0] : this.victim, fitting).slice(0, most), clear: false, like };
  }

  near(words) {
    const found = new Map();
    const steps = this.steps(words);
    for (const step of steps) {
      for (const one of this.index.near(step, this.is.ALIKE).slice(0, 2 * this.is.NEAREST)) {
        const row = this.rows[one.place];
        if (row.whole && (one.cosine < this.is.WHOLE || steps.length > 1)) continue;
        if (!found.has(one.place) || found.get(one.place).score < one.score) {
          const said = one.covered >= this.is.HOLDS || one.cosine >= this.is.SAME;
          found.set(one.place, { row, score: one.score, cosine: one.cosine, said });
        }
      }
    }
    return [...found.values()].sort((one, other) => other.score - one.score);
  }

  steps(words) {
    const { WINDOW, STEP, WINDOWS } = this.is;
    if (words.length <= WINDOW + Math.floor(STEP / 2)) return words.length ? [words] : [];
    const steps = [];
    for (let at = 0; at < words.length - WINDOW + STEP; at += STEP) steps.push(words.slice(at, at + WINDOW));
    const telling = (step) => step.reduce((sum, word) => sum + this.index.rarity(word), 0);
    return steps.sort((one, other) => telling(other) - telling(one)).slice(0, WINDOWS);
  }

  votes(near) {
    const votes = new Map();
    for (const one of near.slice(0, this.is.NEAREST)) {
      for (const [entry, weight] of one.row.speaks) add(votes, entry, weight * one.score ** this.is.POWER);
    }
    return shares(votes);
  }

  company(words) {
    const telling = words.filter((word) => !this.small.has(word));
    const kept = this.index.company(telling.length ? telling : words);
    return shares(new Map([...kept].map(([entry, weight]) => [entry, weight ** this.is.CLOSE])));
  }

  isAbout(typed, words, near, votes, company, first) {
    const rows = near.slice(0, this.is.NEAREST).map((one) => one.row).filter((row) => speaksFor(row, first));
    const held = new Set(rows.flatMap((row) => row.text.split(" ")));
    const pairs = typed.map((word, at) => [word, words[at]]);
    const telling = pairs.filter(([word]) => !this.small.has(word));
    let [whole, meant] = [0, 0];
    for (const [word, known] of telling.length ? telling : pairs) {
      const says = this.index.rarity(known) || this.index.most;
      whole += says;
      meant += held.has(word) ? says : held.has(known) ? this.is.MISSPELT * says : 0;
    }
    const knownWords = telling.filter(([word]) => this.index.rarity(word)).length;
    if (telling.length && !telling.some(([, known]) => this.index.rarity(known))) return false;
    if (telling.length > this.is.WINDOW && knownWords < this.is.KNOWN * telling.length) return false;
    const [like, strange] = likest(near, (row) => row.speaks[0][0] !== this.nothing);
    return (
      3.4 * like + 3.1 * meant / whole - 5.2 * strange
      - 4.3 * (votes.get(this.nothing) || 0) - 5.4 * (company.get(this.nothing) || 0)
      + 3.3 * Math.log1p(Math.min(knownWords, this.is.TELLING))
      + 2.0 * (1 - telling.length / typed.length) - 6.4
    ) >= this.is.ABOUT;
  }

  mayBeDanger(near, company) {
    const nearest = near.slice(0, this.is.NEAREST).map((one) => [one.row.speaks[0][0], one.score ** this.is.POWER]);
    const sum = (them) => them.reduce((whole, [, score]) => whole + score, 0);
    const share = sum(nearest.filter(([entry]) => this.urgent.has(entry))) / sum(nearest);
    const kept = sum([...company].filter(([entry]) => this.urgent.has(entry)));
    const [like, unlike] = likest(near, (row) => this.urgent.has(row.speaks[0][0]));
    return 2.7 * share + 4.6 * kept + 1.2 * like - 2.8 * unlike - 1.5 >= this.is.DANGEROUS;
  }

  // What a look-up does: names first, then what the words fit; small words alone fit nothing.
  lookUp(text) {
    const named = this.exact(text);
    if (named.length) return named;
    const typed = normal(text).split(" ").filter(Boolean);
    return typed.some((word) => !this.small.has(word)) ? this.find(text).entries : [];
  }
}

function speaksFor(row, entry) {
  return row.speaks.some(([one]) => one === entry);
}

function likest(near, isOne) {
  const of = (wanted) => near.filter((one) => isOne(one.row) === wanted).map((one) => one.cosine);
  return [Math.max(0, ...of(true)), Math.max(0, ...of(false))];
}

function led(first, entries) {
  return [first, ...entries.filter((one) => one !== first)];
}

function shares(values) {
  const whole = [...values.values()].reduce((sum, one) => sum + one, 0) || 1;
  return new Map([...values].map(([key, one]) => [key, one / whole]));
}
