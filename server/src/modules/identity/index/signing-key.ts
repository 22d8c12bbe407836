import { system } from '../../../kernel/actor.ts'
import { uuidv7 } from '../../../kernel/id.ts'
import type { World } from '../../../kernel/world.ts'
import { type KeptKey, newSigningKey } from '../signing.ts'
import { addKey, listKeys } from '../store/key.ts'

/** The keys of this installation, the newest first. */
export const signingKeys = (world: World): Promise<KeptKey[]> => world.read(system(null), listKeys)

/** The key that signs now; the first time somebody needs one it is made. */
export async function signingKey(world: World): Promise<KeptKey> {
  const [newest] = await signingKeys(world)
  if (newest) return newest
  const key = await newSigningKey(uuidv7())
  await world.asSystem(null, (ctx) => addKey(ctx, key))
  return key
}
