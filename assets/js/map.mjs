// Draws a proposal, or one cluster: boundaries, a line from each school to its hub, schools as dots, hubs with their cluster's number.
// The addresses of the library and of its worker come with the map's element, since their names are hashed.
const box = document.getElementById("map");
const { Map, Popup, NavigationControl, LngLatBounds, setWorkerUrl } = await import(box.dataset.library);
setWorkerUrl(new URL(box.dataset.worker, location.href).href);

// Okabe and Ito's colours without yellow, told apart by colour-blind eyes; neighbours differ by number as well.
const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#a3317b", "#5b3a96", "#7a5200", "#1f4e8c", "#b3261e"];
const INK = "#0b0c0c";
const words = JSON.parse(box.dataset.words);
const data = await (await fetch(box.dataset.data)).json();

function colourOf(cluster) {
  return cluster ? COLOURS[(cluster - 1) % COLOURS.length] : INK;
}

function picture(size, draw) {
  const ratio = 2;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size * ratio;
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  pen.translate(size / 2, size / 2);
  draw(pen, size);
  return [pen.getImageData(0, 0, size * ratio, size * ratio), { pixelRatio: ratio }];
}

function hub(cluster) {
  return picture(30, (pen) => {
    pen.beginPath();
    pen.rect(-12, -12, 24, 24);
    pen.fillStyle = colourOf(cluster);
    pen.fill();
    pen.lineWidth = 2;
    pen.strokeStyle = "#fff";
    pen.stroke();
    pen.fillStyle = "#fff";
    pen.font = "bold 14px sans-serif";
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText(String(cluster), 0, 1);
  });
}

function school(cluster) {
  return picture(14, (pen) => {
    pen.beginPath();
    pen.arc(0, 0, 5, 0, 2 * Math.PI);
    pen.fillStyle = colourOf(cluster);
    pen.fill();
    pen.lineWidth = 1.5;
    pen.strokeStyle = "#fff";
    pen.stroke();
  });
}

// White inside: a school whose place is borderline.
function loose(cluster) {
  return picture(14, (pen) => {
    pen.beginPath();
    pen.arc(0, 0, 4.5, 0, 2 * Math.PI);
    pen.fillStyle = "#fff";
    pen.fill();
    pen.lineWidth = 2.5;
    pen.strokeStyle = colourOf(cluster);
    pen.stroke();
  });
}

function out() {
  return picture(18, (pen) => {
    pen.strokeStyle = INK;
    pen.lineWidth = 3;
    pen.beginPath();
    pen.moveTo(-5, -5);
    pen.lineTo(5, 5);
    pen.moveTo(5, -5);
    pen.lineTo(-5, 5);
    pen.stroke();
  });
}

function addPictures(map) {
  const clusters = new Set(data.schools.features.map((each) => each.properties.cluster));
  for (const cluster of clusters) {
    if (!cluster) continue;
    map.addImage(`hub-${cluster}`, ...hub(cluster));
    map.addImage(`school-${cluster}`, ...school(cluster));
    map.addImage(`loose-${cluster}`, ...loose(cluster));
  }
  map.addImage("out", ...out());
}

function named(feature) {
  const { cluster, hub: isHub, borderline } = feature.properties;
  const member = borderline ? "loose" : "school";
  const picture = cluster ? `${isHub ? "hub" : member}-${cluster}` : "out";
  return { ...feature, properties: { ...feature.properties, picture, colour: colourOf(cluster) } };
}

function coloured(feature) {
  return { ...feature, properties: { ...feature.properties, colour: colourOf(feature.properties.cluster) } };
}

function extend(all, coordinates) {
  if (typeof coordinates[0] === "number") all.extend(coordinates);
  else for (const each of coordinates) extend(all, each);
}

function boundsOf(features) {
  const all = new LngLatBounds();
  for (const each of features) extend(all, each.geometry.coordinates);
  return all;
}

// With data-near the map shows the schools from close by, else all of their authorities.
function bounds() {
  return boundsOf([...data.schools.features, ...(box.dataset.near ? [] : data.boundaries.features)]);
}

function addLayers(map) {
  map.addSource("boundaries", { type: "geojson", data: data.boundaries });
  map.addSource("lines", { type: "geojson", data: { ...data.lines, features: data.lines.features.map(coloured) } });
  map.addSource("schools", { type: "geojson", data: { ...data.schools, features: data.schools.features.map(named) } });
  if (!box.dataset.style) map.addLayer({ id: "areas", type: "fill", source: "boundaries", paint: { "fill-color": "#fff" } });
  map.addLayer({ id: "borders", type: "line", source: "boundaries", paint: { "line-color": "#505a5f", "line-width": 1.5, "line-dasharray": [3, 2] } });
  map.addLayer({ id: "lines", type: "line", source: "lines", paint: { "line-color": ["get", "colour"], "line-width": 1.5, "line-opacity": 0.8 } });
  const symbols = { "icon-image": ["get", "picture"], "icon-allow-overlap": true, "icon-ignore-placement": true };
  map.addLayer({ id: "members", type: "symbol", source: "schools", filter: ["!", ["get", "hub"]], layout: symbols });
  map.addLayer({ id: "hubs", type: "symbol", source: "schools", filter: ["get", "hub"], layout: symbols });
}

function card(feature) {
  const { name, words: text, address } = feature.properties;
  const content = document.createElement("div");
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.href = address;
  link.textContent = name;
  const line = document.createElement("p");
  line.className = "govuk-body-s govuk-!-margin-bottom-0";
  line.textContent = text;
  content.append(link, line);
  return content;
}

function answerClicks(map) {
  const label = new Popup({ closeButton: false, closeOnClick: false, focusAfterOpen: false, className: "cw-map__label", offset: 8 });
  let opened;
  const open = (feature, focusAfterOpen) => {
    label.remove();
    opened?.remove();
    opened = new Popup({ focusAfterOpen }).setLngLat(feature.geometry.coordinates).setDOMContent(card(feature)).addTo(map);
  };
  for (const layer of ["members", "hubs"]) {
    map.on("click", layer, (event) => open(event.features[0], true));
    map.on("mousemove", layer, (event) => {
      const [feature] = event.features;
      map.getCanvas().style.cursor = "pointer";
      if (!opened?.isOpen()) label.setLngLat(feature.geometry.coordinates).setText(feature.properties.name).addTo(map);
    });
    map.on("mouseleave", layer, () => {
      map.getCanvas().style.cursor = "";
      label.remove();
    });
  }
  if (box.dataset.near) offerSchools((feature) => open(feature, false), () => opened?.remove());
}

function offerChoice(options, chosen) {
  const group = document.createElement("div");
  group.className = "govuk-form-group cw-no-print cw-map__choice";
  const label = document.createElement("label");
  label.className = "govuk-label";
  label.htmlFor = "map-choice";
  label.textContent = words["clusterwork.show"];
  const choice = document.createElement("select");
  choice.className = "govuk-select";
  choice.id = "map-choice";
  for (const [text, value] of options) choice.add(new Option(text, value));
  choice.addEventListener("change", () => chosen(choice.value));
  group.append(label, choice);
  box.before(group);
}

// One school's name beside its dot: the way to it for those who use no mouse.
function offerSchools(open, close) {
  const features = [...data.schools.features].sort((a, b) => a.properties.name.localeCompare(b.properties.name));
  const options = features.map((each, at) => [each.properties.name, at]);
  offerChoice([[words["clusterwork.schools"], ""], ...options], (at) => (at === "" ? close() : open(features[at])));
}

// One cluster alone: the way to the map for those who use no mouse.
function offerClusters(map) {
  const numbers = [...new Set(data.schools.features.map((each) => each.properties.cluster))].filter(Boolean).sort((a, b) => a - b);
  if (numbers.length < 2) return;
  const options = numbers.map((number) => [words["clusterwork.one"].replace("%s", number), number]);
  offerChoice([[words["clusterwork.all"], ""], ...options], (value) => showOnly(map, Number(value)));
}

function showOnly(map, cluster) {
  const strength = cluster ? ["case", ["==", ["get", "cluster"], cluster], 1, 0.15] : 1;
  map.setPaintProperty("lines", "line-opacity", strength);
  for (const layer of ["members", "hubs"]) map.setPaintProperty(layer, "icon-opacity", strength);
  const chosen = data.schools.features.filter((each) => each.properties.cluster === cluster);
  map.fitBounds(cluster ? boundsOf(chosen) : bounds(), { padding: 60, maxZoom: 12, animate: false });
}

const ground = { version: 8, sources: {}, layers: [{ id: "ground", type: "background", paint: { "background-color": "#e3eaec" } }] };
const map = new Map({
  container: box,
  style: box.dataset.style || ground,
  bounds: bounds(),
  fitBoundsOptions: { padding: 30, maxZoom: 12 },
  attributionControl: box.dataset.style ? {} : false,
  dragRotate: false,
  pitchWithRotate: false,
  cooperativeGestures: true,
  fadeDuration: 0,
  locale: words,
});
map.addControl(new NavigationControl({ showCompass: false }), "top-right");
map.keyboard.disableRotation();
map.touchZoomRotate.disableRotation();
map.on("load", () => {
  addPictures(map);
  addLayers(map);
  answerClicks(map);
  offerClusters(map);
});
map.on("idle", () => box.setAttribute("data-idle", "true"));
