// What the page does with script that it cannot do without: leave at once, say what is open, find by any words.
const known = JSON.parse(document.getElementById("known").textContent);
const exit = document.querySelector(".exit");

function leave() {
  document.body.replaceChildren(); // at once, also where nothing answers
  document.title = "";
  location.replace(exit.href); // so that "back" does not lead here
}

exit.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

let shifts = [];
document.addEventListener("keydown", (event) => {
  const now = Date.now();
  shifts = event.key === "Shift" && !event.repeat ? [...shifts.filter((one) => now - one < 3000), now] : [];
  if (shifts.length === 3) leave();
});

const calendar = calendarOf(known.hours.calendar);
const marks = [...document.querySelectorAll(".hours")]
  .filter((one) => Object.hasOwn(known.hours.schedules, one.textContent))
  .map((one) => {
    const mark = document.createElement("span");
    mark.className = "open-now";
    one.after(" ", mark);
    return [mark, known.hours.schedules[one.textContent]];
  });

function mark() {
  const now = london(new Date());
  const wrong = now[0] < dayNumber(known.hours.published); // a clock that is before the edition is wrong
  for (const [one, schedule] of marks) {
    one.textContent = wrong ? "" : openNow(schedule, now, calendar);
    one.classList.toggle("closed", one.textContent.startsWith("Closed"));
  }
}

mark();
setInterval(mark, 20_000);
document.addEventListener("visibilitychange", mark);

const box = document.getElementById("words-typed");
const results = document.getElementById("results");
const status = document.getElementById("found");
let search = null;
let waiting = 0;
let shown = ""; // for the same words nothing is drawn anew: a link that has the focus would lose it

function link(entry, before = "") {
  const id = known.search.entries[entry];
  const there = document.getElementById(id) || document.getElementById(`place-${id}`);
  if (!there) return null; // a service of another area
  const item = document.createElement("li");
  const to = document.createElement("a");
  to.href = `#${there.id}`;
  to.textContent = before + (there.querySelector("h3, h4, strong") || there).textContent;
  item.append(to);
  return item;
}

function show() {
  clearTimeout(waiting);
  const typed = box.value.trim();
  if (typed === shown) return;
  shown = typed;
  search = search || new Search(known.search);
  const fits = typed ? search.lookUp(typed) : { entries: [], ifDanger: null };
  const first = fits.ifDanger === null ? [] : [link(fits.ifDanger, `${known.search.ifDanger}: `)];
  const others = fits.entries.filter((one) => one !== fits.ifDanger).map((one) => link(one));
  const found = [...first, ...others].filter(Boolean);
  results.replaceChildren(...found);
  const many = found.length === 1 ? "1 fits" : `${found.length} fit`;
  status.textContent = !typed ? "" : found.length ? `${many}, the likeliest first` : "Nothing here is like that. See the topics below.";
}

box.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(show, 250);
});
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter") show();
});
for (const one of document.querySelectorAll("[data-script]")) one.hidden = false;
