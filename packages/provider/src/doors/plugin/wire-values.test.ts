import { unknownValue } from "@coppice/core";
import structMessages from "google-protobuf/google/protobuf/struct_pb.js";
import { describe, expect, test } from "vitest";
import { fromWire, isSecretOnWire, toWire } from "./wire-values.ts";

const signature = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

describe("values on the wire", () => {
  test("come back as they went, without what is undefined", () => {
    const value = {
      text: "a",
      number: 1.5,
      none: null,
      list: [1, "b", { c: true }],
      inner: { gone: undefined, d: [] },
    };
    // What is undefined is no JSON; handlers that build objects leave such fields behind nevertheless.
    const struct = toWire(value as never);
    expect(fromWire(struct)).toEqual({
      text: "a",
      number: 1.5,
      none: null,
      list: [1, "b", { c: true }],
      inner: { d: [] },
    });
  });

  test("named secrets are wrapped, at once and for good", () => {
    const struct = toWire({ password: "planted", name: "a" }, { named: new Set(["password"]) });
    expect(struct.toJavaScript()).toEqual({ password: { ...signature, value: "planted" }, name: "a" });
    expect(isSecretOnWire(struct, "password")).toBe(true);
    expect(isSecretOnWire(struct, "name")).toBe(false);
    expect(fromWire(struct)).toEqual({ password: "planted", name: "a" });
  });

  test("a secret that is not known yet stays unknown", () => {
    expect(toWire({ password: unknownValue }, { named: new Set(["password"]) }).toJavaScript()).toEqual({
      password: unknownValue,
    });
  });

  test("what came as a secret goes as one, at its own place and in whatever it became part of", () => {
    const secret = { ...signature, value: "planted" };
    const like = structMessages.Struct.fromJavaScript({
      comment: secret,
      user: { password: secret, name: "ada" },
      keys: ["a", secret],
      gone: secret,
    });
    const answer = {
      comment: "changed",
      user: { password: "planted", name: "ada" },
      keys: ["a", "b"],
      id: 1,
    };
    expect(toWire(answer, { like }).toJavaScript()).toEqual({
      comment: { ...signature, value: "changed" },
      user: { password: secret, name: "ada" },
      keys: { ...signature, value: ["a", "b"] },
      id: 1,
    });
  });

  test("a secret deep inside is found and unwrapped", () => {
    const clusters = { main: { token: { ...signature, value: "planted" } } };
    const struct = structMessages.Struct.fromJavaScript({ clusters });
    expect(isSecretOnWire(struct, "clusters")).toBe(true);
    expect(fromWire(struct)).toEqual({ clusters: { main: { token: "planted" } } });
  });

  test("every kind of unknown becomes the one that handlers know", () => {
    const struct = structMessages.Struct.fromJavaScript({ list: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2" });
    expect(fromWire(struct)).toEqual({ list: unknownValue });
  });
});
