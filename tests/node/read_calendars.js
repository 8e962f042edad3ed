// Reads a JSON list of iCalendar texts and writes what ical.js makes of each, as JSON.
// Zones are taken from the texts alone: only what their own VTIMEZONE says counts.
import ICAL from "ical.js";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const texts = JSON.parse(Buffer.concat(chunks).toString("utf8"));

const readMoment = (time) => {
  if (time === null) return "";
  if (time.isDate) return time.toString();
  return time.toJSDate().toISOString();
};

const readText = (text) => {
  ICAL.TimezoneService.reset();
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zones = calendar.getAllSubcomponents("vtimezone");
  zones.forEach((zone) => ICAL.TimezoneService.register(zone));
  const components = calendar.getAllSubcomponents("vevent");
  const event = new ICAL.Event(components[0]);
  const value = (name) => components[0].getFirstPropertyValue(name);
  return {
    method: calendar.getFirstPropertyValue("method"),
    zones: zones.map((zone) => zone.getFirstPropertyValue("tzid")),
    events_count: components.length,
    uid: event.uid,
    sequence: event.sequence,
    status: value("status"),
    summary: event.summary,
    location: event.location ?? "",
    description: event.description ?? "",
    url: value("url") ?? "",
    organiser: event.organizer,
    attendees: event.attendees.map((one) => ({
      address: one.getFirstValue(),
      partstat: one.getParameter("partstat"),
      rsvp: one.getParameter("rsvp"),
    })),
    starts_at: readMoment(event.startDate),
    ends_at: components[0].getFirstProperty("dtend") ? readMoment(event.endDate) : "",
    properties: components[0].getAllProperties().map((one) => one.name),
  };
};

process.stdout.write(JSON.stringify(texts.map(readText)));
