/** What PostgreSQL's programs are given of the environment: nothing of ours, which may hold secrets. */
export const serverEnvironment: NodeJS.ProcessEnv = { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };
