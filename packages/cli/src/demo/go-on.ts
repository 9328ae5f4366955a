/**
 * What is typed after the demo, in this order and in the checkout. The new project says itself what comes next, since
 * that depends on where its cluster is.
 *
 * @param command - This command as it is typed.
 */
export function goOn(command: string): string[] {
  const make = `${command} new lab-class ~/my-class`;
  const width = make.length + 2;
  return [
    `${"npm run demo -- --keep".padEnd(width)}the same, left running`,
    `${make.padEnd(width)}a project of your own`,
  ];
}
