import type { Resource } from '../src/kernel/resource/owner.ts'
import { problemsOf } from '../src/kernel/resource/validate.ts'
import type { Region } from './world.ts'

/** What of all that lies in the store is not as R4 has it: the owners put it there without asking. */
export async function storedProblems(world: Region): Promise<readonly string[]> {
  const rows = await world.sql<{ content: string }>('select content from kernel.resource where not deleted')
  const found = rows.flatMap(({ content }) => {
    const { sealed_: _, ...resource } = JSON.parse(content) as Resource
    return problemsOf(resource as Resource).map(
      ({ path, text }) => `${path.replace(/\[\d+\]/g, '[]')} ${text}`,
    )
  })
  return [...new Set(found)]
}
