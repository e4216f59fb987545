// A table's heads sort its rows: up, down, and back to plan order. Without this script the tables are as they are.
document.querySelectorAll("table").forEach(function (table) {
  var body = table.tBodies[0];
  var first = Array.from(body.rows);
  var moving = first.filter(function (row) { return !row.classList.contains("sum"); });
  var sums = first.filter(function (row) { return row.classList.contains("sum"); });
  var heads = Array.from(table.tHead.rows[0].cells);
  function key(row, place) {
    var cell = row.cells[place];
    if (cell.dataset.value === undefined) { return cell.textContent === "—" ? null : cell.textContent; }
    var number = Number(cell.dataset.value);
    return isNaN(number) ? cell.dataset.value : number;
  }
  function compare(a, b) {
    if (a === null || b === null) { return (a === null) - (b === null); }
    if (typeof a === "number" && typeof b === "number") { return a - b; }
    return String(a).localeCompare(String(b), document.documentElement.lang);
  }
  heads.forEach(function (head, place) {
    // The button lies over the head and has no text: browsers do not repeat what stands in buttons on later pages.
    var button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", head.textContent);
    head.appendChild(button);
    button.addEventListener("click", function () {
      var now = head.getAttribute("aria-sort");
      var next = now === null ? "ascending" : now === "ascending" ? "descending" : null;
      heads.forEach(function (each) { each.removeAttribute("aria-sort"); });
      var rows = moving.slice();
      if (next) {
        head.setAttribute("aria-sort", next);
        rows.sort(function (one, other) {
          var a = key(one, place), b = key(other, place);
          return next === "ascending" || a === null || b === null ? compare(a, b) : compare(b, a);
        });
      }
      rows.concat(sums).forEach(function (row) { body.appendChild(row); });
    });
  });
});
