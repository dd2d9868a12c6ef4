// Builds the front end's files into build/assets: one stylesheet, GOV.UK Frontend, the map library and our own modules.
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { compile } from "sass";

const out = "build/assets";
const frontend = "node_modules/govuk-frontend/dist/govuk";
const map = "node_modules/maplibre-gl/dist";

rmSync(out, { recursive: true, force: true });
mkdirSync(`${out}/vendor`, { recursive: true });

const sheet = compile("assets/scss/clusterwork.scss", {
  loadPaths: ["node_modules"],
  style: "compressed",
  quietDeps: true,
});
writeFileSync(`${out}/clusterwork.css`, sheet.css);

cpSync(`${frontend}/govuk-frontend.min.js`, `${out}/vendor/govuk-frontend.min.js`);
for (const name of ["maplibre-gl.mjs", "maplibre-gl-shared.mjs", "maplibre-gl-worker.mjs", "maplibre-gl.css"]) {
  cpSync(`${map}/${name}`, `${out}/vendor/${name}`);
}
cpSync("node_modules/axe-core/axe.min.js", "build/axe.min.js");
cpSync("assets/js", `${out}/js`, { recursive: true });
cpSync("assets/images", `${out}/images`, { recursive: true });
