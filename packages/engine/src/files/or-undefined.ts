/** What is not there is undefined; any other failure to read it stays one. */
export function orUndefined(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
