/** The story of the tour: what a person does with the program, from the first look to a cleared cache. */
export async function story({ page, step }) {
  await step('The apps', async () => {
    await page.getByRole('heading', { level: 1 }).first().waitFor();
  });
}
