import type { Ctx } from '../../../kernel/ctx.ts'
import { demoId } from '../../../kernel/demo.ts'
import { layPicture } from '../../../kernel/demo-picture.ts'
import type { World } from '../../../kernel/world.ts'
import { keepReadings } from '../actions/intake.ts'
import { addPhoto } from '../store/photo.ts'

const HOUR_MS = 3_600_000

/** Zhang Jianguo photographed the display when he wrote a pressure down, the evening before. */
export async function layPhoto(world: World, ctx: Ctx): Promise<void> {
  const fileHash = await layPicture(world, ctx, 'display')
  const residentId = demoId('resident', 0)
  const at = new Date(ctx.now.getTime() - 14 * HOUR_MS)
  const figures = { at, kind: 'bloodPressure' as const, value: 138, value2: 84 }
  const of = {
    residentId,
    deviceId: residentId,
    institutionId: demoId('network', 'CHC01'),
    practitionerId: null,
  }
  await keepReadings(ctx, [{ of, readings: [{ ...figures, seq: Math.floor(at.getTime() / 1000) }] }])
  await addPhoto(ctx, { ...figures, residentId, id: demoId('careplan', 'photo 0'), fileHash })
}
