import { expect, test } from "vitest";
import { hideInUrls, secretsHider } from "./hide-secrets.ts";

test.each([
  [
    "postgres://coppice:geheim@db:5432/states?sslmode=disable: refused",
    "postgres://[secret]@db:5432/states?sslmode=disable: refused",
  ],
  ["postgres://coppice:ge@heim@db/states", "postgres://[secret]@db/states"],
  [
    "open postgres://db/states?user=a&password=geheim: refused",
    "open postgres://db/states?user=a&password=[secret]: refused",
  ],
  ["s3://bucket/ada@home", "s3://bucket/ada@home"],
  ["who ada@home, see https://pulumi.com/docs", "who ada@home, see https://pulumi.com/docs"],
])("credentials are taken out of URLs: %s", (text, shown) => {
  expect(hideInUrls(text)).toBe(shown);
});

test("nothing is left of a secret that begins as another one, nor of one whose variable ends in a line break", () => {
  const hide = secretsHider(["first-secret", "first-secret-and-more", "third-secret\n"]);
  expect(hide("first-secret-and-more, first-secret, third-secret.")).toBe("[secret], [secret], [secret].");
});

test("what is too short to be told from other words stays", () => {
  expect(secretsHider(["pve"])("pve1 answers")).toBe("pve1 answers");
});

test("of a token neither the whole is left nor its secret alone", () => {
  const hide = secretsHider(["root@pam!lab=0f0f0f0f-1111\n"]);
  expect(hide("root@pam!lab=0f0f0f0f-1111 or 0f0f0f0f-1111, of root@pam!lab")).toBe(
    "[secret] or [secret], of root@pam!lab",
  );
});

test("a single line of a key is hidden too", () => {
  const hide = secretsHider(["-----BEGIN KEY-----\nb3BlbnNzaC1rZXk\n-----END KEY-----\n"]);
  expect(hide("no key: b3BlbnNzaC1rZXk")).toBe("no key: [secret]");
});
