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
    this.rows = rows;
    const first = rows.findIndex((row) => row.directory);
    const said = first < 0 ? rows.length : first;
    const many = new Map();
    this.letters = new Map();
    const all = rows.map((row) => this.parts(row.text ? row.text.split(" ") : []));
    for (const found of all.slice(0, said)) for (const part of found.keys()) add(many, part, 1);
    this.most = 1 + Math.log(1 + said);
    this.rare = new Map([...many].map(([part, count]) => [part, this.most - Math.log(1 + count)]));
    this.places = this.weighed(all, many, rows, said);
    this.bayes = this.voices(rows.slice(0, said));
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
    this.shares = [];
    const rarity = (part) => (this.rare.has(part) ? this.rare.get(part) : this.most);
    all.forEach((found, place) => {
      const telling = [...found].filter(([part]) => part[0] === "=" || (many.get(part) || 0) <= this.is.COMMON);
      const weights = telling.map(([part, count]) => [part, count * rarity(part)]);
      const length = Math.sqrt(weights.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1;
      this.shares.push(weights.reduce((sum, [, weight]) => sum + weight, 0) / length);
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

  // What the likelihoods are worked out from: how much is said of each entry, in rows and in parts of them.
  voices(rows) {
    const [said, held] = [new Map(), new Map()];
    rows.forEach((row, place) => {
      for (const [entry, weight] of row.speaks) {
        add(said, entry, weight);
        add(held, entry, weight * this.shares[place]);
      }
    });
    const unseen = this.is.UNSEEN * this.rare.size;
    return [...said].map(([entry, much]) => [entry, this.is.OFTEN * Math.log(much), Math.log(unseen + held.get(entry))]);
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
    for (const [weight, found] of this.said(words)) {
      for (const [place, share] of found) {
        add(dots, place, weight * share);
        add(covered, place, share * share);
      }
    }
    const least = atLeast * Math.max(...dots.values());
    const near = [];
    for (const [place, dot] of dots) {
      if (dot < least) continue;
      const cosine = Math.min(1, dot / this.is.FINE);
      const share = covered.get(place) / (this.is.FINE * this.is.FINE);
      const score = (1 - this.is.COVERED) * cosine + this.is.COVERED * Math.sqrt(cosine) * share;
      near.push({ place, score, cosine, covered: share });
    }
    return near.sort((one, other) => other.score - one.score);
  }

  likelihoods(words) {
    const points = new Map(this.bayes.map(([entry, often]) => [entry, often]));
    let length = 0;
    for (const [much, rows] of this.said(words)) {
      length += much;
      const found = new Map();
      for (const [place, share] of rows) {
        if (this.rows[place].directory) continue;
        for (const [entry, weight] of this.rows[place].speaks) add(found, entry, weight * share);
      }
      for (const [entry, share] of found) add(points, entry, much * Math.log1p(share / (this.is.FINE * this.is.UNSEEN)));
    }
    return new Map(this.bayes.map(([entry, , held]) => [entry, points.get(entry) - length * held]));
  }

  // The parts of some words that any row has: how much each is of them, and the rows that have it.
  said(words) {
    const held = [...this.parts(words)].filter(([part]) => this.places.has(part));
    const weights = held.map(([part, count]) => count * (this.rare.has(part) ? this.rare.get(part) : this.most));
    const length = Math.sqrt(weights.reduce((sum, one) => sum + one * one, 0)) || 1;
    return held.map(([part], at) => [weights[at] / length, this.places.get(part)]);
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
      text,
      speaks: pairs(speaks, known.weights),
      danger: Boolean(signs & 1),
      urgent: Boolean(signs & 2),
      whole: Boolean(signs & 4),
      directory: Boolean(signs & 8),
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
    const heard = this.heard(text);
    const points = new Map(heard.votes);
    for (const step of heard.likely) {
      for (const [entry, share] of step) add(points, entry, (this.is.BAYES * share) / heard.likely.length);
    }
    const ranked = [...points.keys()].sort((one, other) => points.get(other) - points.get(one));
    let fitting = ranked.filter((one) => one !== this.nothing && points.get(one) >= this.is.FAR * points.get(ranked[0]));
    const danger = heard.near.find((one) => one.row.danger && one.said);
    if (danger) return this.fits(led(this.danger, fitting).slice(0, most), true, danger.row.text);
    if (!fitting.length) fitting = ranked.filter((one) => one !== this.nothing).slice(0, 1);
    if (!fitting.length || !heard.near.length || !this.isKnown(heard)) return this.fits([], false);
    const topics = fitting.length > 1 ? fitting.filter((one) => one !== this.danger) : fitting;
    const dangerous = this.dangerOf(heard);
    if (dangerous < this.is.LIKELY && !this.isAbout(heard, topics[0])) return this.fits([], false);
    const fits = this.topics(heard, points, topics);
    const emergency = (points.get(this.danger) || 0) >= this.is.BESIDE * points.get(fitting[0]);
    const lead = this.lead(heard, fits, fitting, emergency, dangerous >= 0);
    return this.fits(fits.entries.slice(0, most), fits.clear, fits.like, lead);
  }

  topics(heard, points, topics) {
    const first = heard.near.find((one) => speaksFor(one.row, topics[0])) || heard.near[heard.near.length - 1];
    const rivals = topics.filter((one) => !speaksFor(first.row, one)).map((one) => points.get(one));
    const telling = heard.typed.filter((word) => !this.small.has(word));
    const sure = telling.length > 1 ? this.is.SURE : this.is.WHOLE;
    const clear = first.cosine >= sure && points.get(topics[0]) >= this.is.CLEAR * Math.max(0, ...rivals);
    const nearest = heard.near[0];
    if (!this.hurts.has(topics[0]) || (this.hurts.has(nearest.row.speaks[0][0]) && nearest.cosine >= this.is.OWN)) {
      return this.fits(topics, clear, first.row.text);
    }
    const beside = topics.find((one) => !this.hurts.has(one));
    return this.fits(led(beside === undefined ? this.victim : beside, topics), false, first.row.text);
  }

  lead(heard, fits, fitting, emergency, mayBe) {
    const [first, nearest] = [fits.entries[0], heard.near[0]];
    if (first === this.danger || (this.now.has(first) && (fits.clear || !emergency))) return null;
    if (emergency) return this.danger;
    if (!mayBe && !(nearest.row.urgent && nearest.said)) return null;
    const found = fitting.find((one) => this.now.has(one) && !this.hurts.has(one));
    return found === undefined ? this.danger : found;
  }

  fits(entries, clear, like = "", ifDanger = null) {
    return { entries, clear, like, ifDanger };
  }

  heard(text) {
    const typed = normal(text.slice(0, this.is.READ)).split(" ").filter(Boolean);
    const words = typed.map((word) => this.index.meant(word));
    const steps = this.steps(words);
    const near = this.near(steps);
    const byStep = steps.map((step) => this.index.likelihoods(step));
    const [likely, cool] = [1, this.is.COOL].map((power) => byStep.map((points) => softened(points, power)));
    return { typed, words, near, votes: this.votes(near), likely, cool };
  }

  near(steps) {
    const found = new Map();
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

  isKnown(heard) {
    const telling = heard.words.filter((_, at) => !this.small.has(heard.typed[at]));
    if (telling.length && !telling.some((known) => this.index.rarity(known))) return false;
    return telling.length <= this.is.WINDOW || this.knownWords(heard) >= this.is.KNOWN * telling.length;
  }

  knownWords(heard) {
    return heard.typed.filter((word) => !this.small.has(word) && this.index.rarity(word)).length;
  }

  isAbout(heard, first) {
    const nearest = heard.near.slice(0, this.is.NEAREST).map((one) => one.row);
    const held = new Set(nearest.filter((row) => speaksFor(row, first)).flatMap((row) => row.text.split(" ")));
    const both = heard.typed.map((word, at) => [word, heard.words[at]]);
    const telling = both.filter(([word]) => !this.small.has(word));
    let [whole, meant] = [0, 0];
    for (const [word, known] of telling.length ? telling : both) {
      const says = this.index.rarity(known) || this.index.most;
      whole += says;
      meant += held.has(word) ? says : held.has(known) ? this.is.MISSPELT * says : 0;
    }
    const like = Math.max(0, ...heard.near.filter((one) => one.row.speaks[0][0] !== this.nothing).map((one) => one.cosine));
    const small = 1 - telling.length / both.length;
    const everyday = this.logOdds(Math.min(...heard.likely.map((step) => step.get(this.nothing) || 0)));
    const signs = [like, meant / whole, Math.log1p(Math.min(this.knownWords(heard), this.is.TELLING)), small, everyday, 1];
    return sum(this.is.ABOUT, signs) >= 0;
  }

  dangerOf(heard) {
    const share = (of) => [...of].reduce((whole, [entry, its]) => whole + (this.urgent.has(entry) ? its : 0), 0);
    return sum(this.is.DANGEROUS, [share(heard.votes), this.logOdds(Math.max(...heard.cool.map(share))), 1]);
  }

  logOdds(share) {
    const held = Math.min(Math.max(share, this.is.LEAST), 1 - this.is.LEAST);
    return Math.log(held / (1 - held));
  }

  // What a look-up does: names first, then what the words fit; small words alone fit nothing.
  lookUp(text) {
    const named = this.exact(text);
    if (named.length) return this.fits(named, true);
    const typed = normal(text).split(" ").filter(Boolean);
    return typed.some((word) => !this.small.has(word)) ? this.find(text) : this.fits([], false);
  }
}

function speaksFor(row, entry) {
  return row.speaks.some(([one]) => one === entry);
}

function led(first, entries) {
  return [first, ...entries.filter((one) => one !== first)];
}

function sum(weights, signs) {
  return weights.reduce((whole, weight, at) => whole + weight * signs[at], 0);
}

// Likelihoods, given as logarithms, as shares of all of them after they are raised to a power.
function softened(logs, power) {
  const most = Math.max(...logs.values());
  return shares(new Map([...logs].map(([entry, its]) => [entry, Math.exp(power * (its - most))])));
}

function shares(values) {
  const whole = [...values.values()].reduce((sum, one) => sum + one, 0) || 1;
  return new Map([...values].map(([key, one]) => [key, one / whole]));
}
