import { PveError } from "../errors/pve-error.ts";
import { optional, shape, text } from "../parse/parser.ts";
import { encodeParams } from "../rest/encode-params.ts";
import { judgeAnswer } from "../rest/judge-answer.ts";
import type { RestTransport } from "../rest/rest-transport.ts";
import type { Login, Ticket } from "./ticket-authenticator.ts";

const parseLogin = shape({
  ticket: optional(text),
  CSRFPreventionToken: optional(text),
  NeedTFA: optional(text),
});

/** Logs in through `POST /access/ticket`, which needs no credentials but those it is given. */
export function loginWithPassword(transport: RestTransport, timeout: number): Login {
  const name = { method: "POST", path: "/access/ticket" };
  return async (username, password) => {
    const form = encodeParams({ username, password });
    const answer = await transport.send({
      name,
      query: "",
      form,
      headers: {},
      signal: AbortSignal.timeout(timeout),
    });
    const call = { method: "POST", path: name.path, parse: parseLogin } as const;
    return ticketOf(judgeAnswer(answer, call, { name, secrets: [password] }), username);
  };
}

function ticketOf(login: ReturnType<typeof parseLogin>, username: string): Ticket {
  if (login.NeedTFA === undefined && login.ticket !== undefined && login.CSRFPreventionToken !== undefined) {
    return { ticket: login.ticket, csrf: login.CSRFPreventionToken };
  }
  throw new PveError("pve.unauthorized", {
    what: `${username} could not log in`,
    why: login.NeedTFA === undefined ? "the server gave no ticket" : "a second factor is wanted",
    wayOut: "Use an API token; it needs no second factor",
  });
}
