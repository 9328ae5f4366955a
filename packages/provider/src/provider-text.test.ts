import { describe, expect, test } from "vitest";
import { handlerName, providerText } from "./doors/dynamic/provider-text.ts";
import * as handlers from "./handlers.ts";
import { resources } from "./resources.ts";

describe("the text of a dynamic provider", () => {
  test("is frozen for every resource: it stands in the states of users", () => {
    const texts = [...resources.keys()].map((name) =>
      providerText("@coppice/components/handlers", handlerName(name)),
    );
    expect(texts.sort()).toEqual([
      'exports.handler = () => require("@coppice/components/handlers").baseGeneration;',
      'exports.handler = () => require("@coppice/components/handlers").overlayPool;',
      'exports.handler = () => require("@coppice/components/handlers").pool;',
      'exports.handler = () => require("@coppice/components/handlers").tenantPool;',
    ]);
  });

  test("finds a handler for every resource of the provider", () => {
    const names = [...resources.keys()].map(handlerName);
    expect(names).toContain("pool");
    expect(names.filter((name) => !Object.hasOwn(handlers, name))).toEqual([]);
  });
});
