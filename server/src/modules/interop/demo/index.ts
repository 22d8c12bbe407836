import type { World } from '../../../kernel/world.ts'
import { layExports } from './export.ts'
import { layMessages } from './message.ts'
import { laySubscriptions } from './subscription.ts'

/** What the IT department of the lead hospital finds on its pages. */
export async function demo(world: World): Promise<void> {
  await laySubscriptions(world)
  await layMessages(world)
  await layExports(world)
}
