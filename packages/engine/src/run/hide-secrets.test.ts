import { expect, test } from "vitest";
import { hideInUrls } from "./hide-secrets.ts";

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
