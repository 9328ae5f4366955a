import type { HttpClient } from "./http-client.ts";
import type { RecordedRequest } from "./recording.ts";

interface Login {
  readonly ticket: string;
  readonly csrf: string;
}

/** Names of the recordings that are no user of realm pve. */
const fullNames: Readonly<Record<string, string>> = {
  root: "root@pam",
  pvemn: "mn@pve",
  pve1: "root@pam",
  pve2: "root@pam",
};

/** Turns the recordings' identities into headers of our own logins and tokens. */
export class Identities {
  readonly #client: HttpClient;
  readonly #passwords = new Map<string, string>();
  readonly #logins = new Map<string, Login>();
  /** Secrets by owner: the newest token without privilege separation is the one that is used. */
  readonly #tokens = new Map<string, string>();

  #vncTicket = "";

  constructor(client: HttpClient, rootPassword: string) {
    this.#client = client;
    this.#passwords.set("root@pam", rootPassword);
  }

  /** The password that `<root-password>` stands for. */
  get rootPassword(): string {
    return this.#passwords.get("root@pam") ?? "";
  }

  /** Learns passwords and tokens from what the story itself creates. */
  learn(request: RecordedRequest, answer: unknown): void {
    const { userid, password, privsep } = request.params ?? {};
    if (typeof userid === "string" && typeof password === "string") {
      const text = password.replaceAll("<root-password>", this.rootPassword);
      this.#passwords.set(userid, text);
    }
    const console = fields(fields(answer)["data"]);
    if (request.path?.endsWith("/vncproxy") && typeof console["ticket"] === "string")
      this.#vncTicket = console["ticket"];
    const owner = /\/access\/users\/([^/]+)\/token\//.exec(decodeURIComponent(request.path ?? ""))?.[1];
    const data = fields(fields(answer)["data"]);
    const [full, value] = [data["full-tokenid"], data["value"]];
    if (owner === undefined || typeof full !== "string" || typeof value !== "string") return;
    if (privsep === 0 || !this.#tokens.has(owner)) this.#tokens.set(owner, `${full}=${value}`);
  }

  /** The newest console's ticket. */
  get vncTicket(): string {
    return this.#vncTicket;
  }

  /** Makes a token known that was not made by the story. */
  useToken(owner: string, credential: string): void {
    this.#tokens.set(owner, credential);
  }

  /** Makes a password known. */
  usePassword(userid: string, password: string): void {
    this.#passwords.set(userid, password);
  }

  /** The headers a recorded identity stands for. */
  async headers(request: RecordedRequest): Promise<Record<string, string>> {
    const name = request.ticketOf ?? request.auth ?? null;
    if (name === null) return {};
    if (name === "bad-ticket") return { Cookie: "PVEAuthCookie=PVE:root@pam:65000000::AAAA" };
    if (name === "bad-token")
      return { Authorization: "PVEAPIToken=root@pam!nosuch=00000000-0000-0000-0000-000000000000" };
    if (name === "garbage-token") return { Authorization: "PVEAPIToken=garbage" };
    if (name.endsWith("-token"))
      return { Authorization: `PVEAPIToken=${this.#tokens.get(fullName(name.slice(0, -6))) ?? "none"}` };
    const login = await this.ticket(fullName(name));
    const cookie = { Cookie: `PVEAuthCookie=${encodeURIComponent(login.ticket)}` };
    const needsCsrf = request.csrf === true || (request.csrf === undefined && request.method !== "GET");
    return needsCsrf ? { ...cookie, CSRFPreventionToken: login.csrf } : cookie;
  }

  /** A user's ticket; made at the first use and kept, as the recorder did. */
  async ticket(userid: string): Promise<Login> {
    const known = this.#logins.get(userid);
    if (known !== undefined) return known;
    const form = new URLSearchParams({ username: userid, password: this.#passwords.get(userid) ?? "" });
    const answer = await this.#client.send({
      method: "POST",
      path: "/api2/json/access/ticket",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: Buffer.from(form.toString()),
    });
    const data = answer.status === 200 ? fields(fields(JSON.parse(answer.body.toString()))["data"]) : {};
    const login = { ticket: textOf(data["ticket"]), csrf: textOf(data["CSRFPreventionToken"]) };
    if (answer.status === 200) this.#logins.set(userid, login);
    return login;
  }
}

function fullName(name: string): string {
  return fullNames[name] ?? (name.includes("@") ? name : `${name}@pve`);
}

function fields(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === "object" ? { ...value } : {};
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
