// Changes on their way to the server. Each is kept in this browser until the server has said that it is done, and is
// sent again until then; its key sees to it that it is done once, however often it is sent.

const PAUSES = [1, 2, 4, 8, 15]; // seconds between two tries
const PATIENCE = 30_000; // milliseconds for one
const AWAY = new Set([502, 503, 504]); // what a proxy answers while there is no server behind it
const SAID = 'id="said"'; // stands in every answer of this archive that says that something is done

/**
 * Events: "change" when something comes, goes or stays; "done" and "refused" with the server's answer in `detail.html`
 * and the change in `detail.item`; "failed" when the server first fails at a change, which is tried again.
 */
export class Outbox extends EventTarget {
  #user;
  #prefix;
  #further;
  #timer;
  #failures = 0;
  #isSending = false;

  /** `further()` gives, at the moment of sending, what goes along with each change. */
  constructor(user, further) {
    super();
    this.#user = user;
    this.#prefix = `outbox:${user}:`;
    this.#further = further;
    /** How the last try went: "sent", "offline" or "signed-out". */
    this.state = "sent";
    addEventListener("online", () => this.send());
    addEventListener("storage", (event) => event.key?.startsWith(this.#prefix) && this.#tell("change"));
  }

  /** All that is not done yet, the oldest first. */
  get items() {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(this.#prefix));
    return names.sort().map((name) => JSON.parse(localStorage.getItem(name)));
  }

  get waiting() {
    return this.items.filter((item) => !item.isRefused);
  }

  /** Whether something waits at which the server has not failed so far. */
  get isUnderWay() {
    return this.waiting.some((item) => !item.hasFailed);
  }

  /** Keep a change and send it. Throws if the browser cannot keep it: then nothing has happened. */
  add(change) {
    const item = { ...change, key: newKey(), at: Date.now() };
    this.#keep(item);
    this.#tell("change");
    this.send();
    return item;
  }

  discard(item) {
    localStorage.removeItem(this.#nameOf(item));
    this.#tell("change");
  }

  /** Try a change again that was refused, to see what the server says of it now. */
  retry(item) {
    this.#mark(item, { isRefused: false });
    this.send();
  }

  async send() {
    if (this.#isSending) return;
    clearTimeout(this.#timer);
    this.#isSending = true;
    const tried = new Set();
    const next = () => this.waiting.find((item) => !tried.has(item.key));
    for (let item = next(); item; item = this.state === "sent" && next()) {
      tried.add(item.key);
      await this.#sendOne(item);
    }
    this.#isSending = false;
    this.#failures = this.waiting.length ? this.#failures + 1 : 0;
    if (this.#failures) {
      const pause = PAUSES[Math.min(this.#failures, PAUSES.length) - 1];
      this.#timer = setTimeout(() => this.send(), pause * 1000);
    }
    this.#tell("change");
  }

  async #sendOne(item) {
    const body = new URLSearchParams([...item.fields, ["key", item.key], ...Object.entries(this.#further())]);
    const answer = await post(this.#user, item.address, body).catch(() => null);
    const html = await answer?.text().catch(() => null);
    const isHeard = typeof html === "string" && !AWAY.has(answer.status) && (!answer.ok || html.includes(SAID));
    this.state = answer && isSignedOut(answer) ? "signed-out" : isHeard ? "sent" : "offline";
    if (this.state !== "sent") return;
    if (answer.status >= 500) this.#failedAt(item);
    else this.#answered(item, answer.ok, html);
  }

  #answered(item, isDone, html) {
    if (isDone) this.discard(item);
    else this.#mark(item, { isRefused: true });
    this.#tell(isDone ? "done" : "refused", { item, html });
  }

  /** The server is there and fails at this change: others go out past it. */
  #failedAt(item) {
    this.#mark(item, { hasFailed: true });
    if (!item.hasFailed) this.#tell("failed", { item });
  }

  #keep(item) {
    localStorage.setItem(this.#nameOf(item), JSON.stringify(item));
  }

  /** Note how it went with a change, unless somebody has discarded it meanwhile. */
  #mark(item, how) {
    if (localStorage.getItem(this.#nameOf(item))) this.#keep({ ...item, ...how });
  }

  #nameOf(item) {
    return `${this.#prefix}${String(item.at).padStart(15, "0")}:${item.key}`;
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** Send a form to this server in the name of `user`, as the desk does, and give its answer. */
export function post(user, address, body) {
  const headers = { "HX-Request": "true", "X-CSRFToken": cookie("csrftoken"), "X-Sent-By": user };
  return fetch(address, { method: "POST", body, headers, signal: AbortSignal.timeout(PATIENCE) });
}

/** Whether an answer says that this person may not: nobody is signed in any more, or somebody else is. */
export function isSignedOut(answer) {
  return answer.redirected || answer.status === 403;
}

function cookie(name) {
  const pair = document.cookie.split("; ").find((one) => one.startsWith(`${name}=`));
  return pair ? decodeURIComponent(pair.slice(name.length + 1)) : "";
}

/** A random UUID; `crypto.randomUUID` is there only where the page comes by HTTPS. */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
