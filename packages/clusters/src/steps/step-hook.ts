/** Called around every step that changes something; tests interrupt a run there. */
export interface StepHook {
  before(step: string): Promise<void>;
  after(step: string): Promise<void>;
}

/** Does one step that changes something, between the hook's two calls. */
export async function hookedStep<Result>(
  hook: StepHook | undefined,
  name: string,
  work: () => Promise<Result>,
): Promise<Result> {
  await hook?.before(name);
  const result = await work();
  await hook?.after(name);
  return result;
}
