import { type ProviderResource, resourceType } from "@pulumi/pulumi";
import aliasMessages from "@pulumi/pulumi/proto/alias_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import { expect, test } from "vitest";
import { componentOptions } from "./component-options.ts";

const group = "urn:pulumi:dev::p::lab:index:Group::group";

test("what was not given is absent, so that a component inherits it", () => {
  expect(componentOptions(new messages.ConstructRequest())).toEqual({
    aliases: [],
    dependsOn: [],
    providers: {},
    ignoreChanges: [],
    replaceOnChanges: [],
    replaceWith: [],
  });
});

test("what was given is there, resources by their URNs", async () => {
  const timeouts = new messages.ConstructRequest.CustomTimeouts().setCreate("5m").setDelete("9m");
  const request = new messages.ConstructRequest()
    .setParent(group)
    .setDependenciesList([group])
    .setProtect(false)
    .setRetainondelete(true)
    .setIgnorechangesList(["reset"])
    .setCustomtimeouts(timeouts);
  request.getProvidersMap().set("coppice", "urn:pulumi:dev::p::pulumi:providers:coppice::own::id");
  const { parent, dependsOn, providers, ...others } = componentOptions(request);
  const urn = await new Promise((resolve) => void parent?.urn.apply(resolve));
  expect(urn).toBe(group);
  expect(dependsOn).toHaveLength(1);
  expect(Object.entries(providers ?? {}).map(([name, own]) => [name, resourceType(own)])).toEqual([
    ["coppice", "pulumi:providers:coppice"],
  ]);
  expect(others).toMatchObject({
    protect: false,
    retainOnDelete: true,
    ignoreChanges: ["reset"],
    customTimeouts: { create: "5m", delete: "9m" },
  });
});

test("the resources of a component go through the provider that makes it, unless the program names another", async () => {
  const [ours, theirs] = ["default_0_1_0::id", "own::id"].map(
    (end) => `urn:pulumi:dev::p::pulumi:providers:coppice::${end}`,
  );
  const request = new messages.ConstructRequest();
  const taken = async () => {
    // The record that is made, as the type also allows a list.
    const { coppice } = componentOptions(request, ours).providers as Record<string, ProviderResource>;
    return await new Promise((resolve) => void coppice?.urn.apply(resolve));
  };
  expect(await taken()).toBe(ours?.slice(0, -"::id".length));
  request.getProvidersMap().set("coppice", theirs ?? "");
  expect(await taken()).toBe(theirs?.slice(0, -"::id".length));
});

test("each way to name a former place is taken over, and no parent is not the same as none named", () => {
  const spec = () => new aliasMessages.Alias.Spec();
  const request = new messages.ConstructRequest().setAliasesList([
    new aliasMessages.Alias().setUrn(group),
    new aliasMessages.Alias().setSpec(spec().setName("old").setType("lab:index:Old")),
    new aliasMessages.Alias().setSpec(spec().setParenturn(group)),
    new aliasMessages.Alias().setSpec(spec().setNoparent(true)),
  ]);
  expect(
    componentOptions(request).aliases?.map((alias) => [alias, Object.keys(alias).includes("parent")]),
  ).toEqual([
    [group, false],
    [{ name: "old", type: "lab:index:Old" }, false],
    [{ parent: group }, true],
    [{ parent: undefined }, true],
  ]);
});
