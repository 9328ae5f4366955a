/**
 * The stack's configuration as the SDK reads it from PULUMI_CONFIG: `project:name`
 * becomes `project:config:name`, which old and new SDKs understand
 * (pulumi-language-nodejs, constructConfig).
 *
 * @example programConfig({ "lab:seats": "25" }) // '{"lab:config:seats":"25"}'
 * @param {Readonly<Record<string, string>>} config
 * @returns {string}
 */
export function programConfig(config) {
  const entries = Object.entries(config).map(([key, value]) => [longKey(key), value]);
  return JSON.stringify(Object.fromEntries(entries));
}

/** @param {string} key */
function longKey(key) {
  const [namespace, ...name] = key.split(":");
  return name[0] === "config" && name.length > 1 ? key : `${namespace}:config:${name.join(":")}`;
}
