// Starts the GOV.UK components on the page. The address of the library comes with the script tag, since its name is hashed.
const tag = document.getElementById("start-script");
const { initAll } = await import(tag.dataset.frontend);
initAll();
