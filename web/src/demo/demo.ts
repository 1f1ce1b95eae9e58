// Runs before the body is there: the address decides which language is shown, and
// the widget follows the language of the page.
const page = document.documentElement;
const spanish = new URLSearchParams(location.search).get("lang") === "es";
page.lang = spanish ? "es" : "en";
page.classList.add("scripted");
if (spanish) document.title = "Centro de ayuda de muestra";

export {};
