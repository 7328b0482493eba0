// Whether a line answers at a minute: cst/hours.py in the same order, compared with it at every minute of a year at
// which anything changes. Days are counted from 1 January 1970, minutes from midnight, on the clocks of London.
const DAY = 24 * 60;
const SEARCH = 14; // days after today
const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function dayNumber(text) {
  const [year, month, day] = text.split("-").map(Number);
  return Date.UTC(year, month - 1, day) / 864e5;
}

function weekday(day) {
  return (((day + 3) % 7) + 7) % 7; // Monday 0
}

function calendarOf(record) {
  return {
    starts: dayNumber(record.starts),
    ends: dayNumber(record.ends),
    dates: new Set(record.dates.map(dayNumber)),
  };
}

// Whether a schedule is open (null: not known), and then until when, or from when, as [day, minute].
function opening(schedule, day, minute, calendar) {
  if (schedule === "always") return { open: true, always: true, until: null, opensAt: null, reason: "" };
  const today = ofDay(schedule, day, calendar);
  if (today.spells === null) return { open: null, always: false, until: null, opensAt: null, reason: today.reason };
  const run = runs(schedule, day, calendar).find((one) => minute < one[1]);
  if (run && run[0] <= minute) {
    const until = run[1] < (SEARCH + 1) * DAY ? moment(day, run[1]) : null;
    return { open: true, always: false, until, opensAt: null, reason: "" };
  }
  const opensAt = run ? moment(day, run[0]) : null;
  return { open: false, always: false, until: null, opensAt, reason: today.reason };
}

function moment(day, minutes) {
  return [day + Math.floor(minutes / DAY), minutes % DAY];
}

// What the rows say about one day. On a bank holiday only the rows for bank holidays count.
function ofDay(rows, day, calendar) {
  if (day < calendar.starts || day > calendar.ends) return { spells: null, reason: "no calendar for this date" };
  const holiday = calendar.dates.has(day);
  const wanted = rows.filter((row) => isFor(row.days, holiday ? null : weekday(day)));
  if (wanted.some((row) => row.unknown) || (holiday && !wanted.length)) {
    return { spells: null, reason: holiday ? "bank holiday hours not known" : "hours not known" };
  }
  return { spells: spells(wanted), reason: holiday ? "bank holiday" : "" };
}

function isFor(days, number) {
  if (days === "bank-holidays") return number === null;
  const [first, last] = days.split("-");
  return number !== null && DAYS.indexOf(first) <= number && number <= DAYS.indexOf(last || first);
}

function spells(rows) {
  const stated = rows.filter((row) => "opens_at" in row);
  return stated.map((row) => [minutes(row.opens_at), minutes(row.closes_at)]).sort((one, other) => one[0] - other[0]);
}

function minutes(clock) {
  const [hours, rest] = clock.split(":").map(Number);
  return hours * 60 + rest;
}

// Open time from today's midnight on, with spells that touch made one, up to the first day that is not known.
function runs(rows, today, calendar) {
  const found = [];
  for (let number = 0; number <= SEARCH; number++) {
    const { spells: of } = ofDay(rows, today + number, calendar);
    if (of === null) break;
    for (const [start, end] of of.map((spell) => spell.map((one) => one + number * DAY))) {
      const last = found[found.length - 1];
      if (last && last[1] >= start) last[1] = end;
      else found.push([start, end]);
    }
  }
  return found;
}

// Day and minute on the clocks of London, whatever the device's own zone.
function london(date) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Europe/London", hourCycle: "h23",
    year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  });
  const part = Object.fromEntries(format.formatToParts(date).map((one) => [one.type, Number(one.value)]));
  return [Date.UTC(part.year, part.month - 1, part.day) / 864e5, part.hour * 60 + part.minute];
}

function clock(minute) {
  return [Math.floor(minute / 60), minute % 60].map((one) => String(one).padStart(2, "0")).join(":");
}

function when([day, minute], today) {
  if (day === today[0]) return clock(minute);
  const name = DAYS[weekday(day)];
  if ((day - today[0]) * DAY + minute - today[1] < 6 * DAY) return `${name} ${clock(minute)}`;
  const date = new Date(day * 864e5);
  return `${name} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${clock(minute)}`;
}

// The same in words, with the minute that they hold for; "" where nothing is known, or never changes.
function openNow(schedule, now, calendar) {
  const found = opening(schedule, now[0], now[1], calendar);
  if (found.always || found.open === null) return "";
  if (found.open) return `Open at ${clock(now[1])}${found.until ? `, until ${when(found.until, now)}` : ""}`;
  return `Closed at ${clock(now[1])}${found.opensAt ? `, opens ${when(found.opensAt, now)}` : ""}`;
}
