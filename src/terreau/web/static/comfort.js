// What htmx leaves to the page: where the focus goes, and what is said when the connection is gone.
document.addEventListener("htmx:beforeRequest", () => {
  const offline = document.getElementById("offline");
  if (offline) offline.hidden = true;
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target?.id !== "main") return;
  const main = document.getElementById("main");
  (main.querySelector("[role=alert]:not([hidden])") ?? main).focus();
});

for (const failure of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, () => {
    const offline = document.getElementById("offline");
    if (!offline) return;
    offline.hidden = false;
    offline.focus();
  });
}
