import type { Locator, Page } from 'playwright-core'

/** What a person does with a field, by its label; the same for every form of the product. */

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A field within `inside`, by its label; what must be filled in has a star behind it. */
export const field = (inside: Page | Locator, label: string): Locator =>
  inside.getByLabel(new RegExp(`^${literal(label)}\\*?$`))

/** The lines of the open list; beside them it holds a copy for screen readers, which a click does not reach. */
const options = (page: Page): Locator =>
  page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')

/** Chooses from a list that looks up what is typed. */
export async function pick(inside: Page | Locator, label: string, text: string): Promise<void> {
  const page = 'page' in inside ? inside.page() : inside
  const box = field(inside, label)
  await box.click()
  await box.fill(text)
  await options(page).getByText(text).first().click()
}

/** Chooses one of a fixed list. */
export async function choose(inside: Page | Locator, label: string, text: string): Promise<void> {
  const page = 'page' in inside ? inside.page() : inside
  await field(inside, label).click()
  await options(page).getByText(text, { exact: true }).first().click()
}

/** Types a day, or a day and a time, as `2026-11-22 14:05`. */
export async function date(inside: Page | Locator, label: string, text: string): Promise<void> {
  const box = field(inside, label)
  await box.click()
  await box.fill(text)
  await box.press('Enter')
}

/** `2026-11-22 14:05` in Shanghai, so many hours from a moment. */
export function momentText(from: Date, hours: number): string {
  const at = new Date(from.getTime() + hours * 3_600_000 + 8 * 3_600_000)
  return at.toISOString().slice(0, 16).replace('T', ' ')
}

/** Opens the dialog of a move on a case page, fills it in, and confirms with the button of the same name. */
export async function move(
  page: Page,
  name: string,
  fill?: (dialog: Locator) => Promise<void>,
): Promise<void> {
  const panel = page.getByRole('complementary')
  await panel.getByRole('button', { name, exact: true }).click()
  if (!fill) return
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await fill(dialog)
  await dialog.getByRole('button', { name }).last().click()
  await dialog.waitFor({ state: 'hidden' })
}
