import type { Ctx } from '../../../kernel/ctx.ts'
import { demoId } from '../../../kernel/demo.ts'
import { addFile, attach, storeBytes } from '../../../kernel/file.ts'
import type { World } from '../../../kernel/world.ts'
import { keepReadings } from '../actions/intake.ts'
import { addPhoto } from '../store/photo.ts'

/** What a blood-pressure meter showed, drawn by us: a JPEG of 150 by 110 points. */
const display = Buffer.from(
  `/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABh
Y3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
AAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAAB
UAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAA
AAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9Y
WVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAM
ZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDAEMuMjoyKkM6NjpLR0NPZKZsZFxcZMySmnmm
8dT++u3U6eX//////////+Xp////////////////////////////2wBDAUdLS2RXZMRsbMT//+n/////////////////////////
////////////////////////////////////////////wAARCABuAJYDASIAAhEBAxEB/8QAGQABAQEBAQEAAAAAAAAAAAAAAAQD
AgEF/8QALBAAAgIBAwMDAwMFAAAAAAAAAAECEQMEEjETIWEiQVEUgaFxkfAyUmOxwf/EABUBAQEAAAAAAAAAAAAAAAAAAAAB/8QA
FBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8ApABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAHaTpW/ggyZcmW7tRXKReZal
JaedL+WUZaLif2KndOnTJdFxP7FQEbw58je5/uzhvJp51f2vsyjPmnjmlGKaq+CeMo5cu7NKvsBdu9G7xZCupqMlX58Iv5RBJ9HM
+nK6/lAH1NPkS3efDLk7in8kUGs+a8kq8f8AC4AACAAAAAAAAAAABlqWuhJX8f7NSZ6O231OfBR5omkp9/gpk1GLb4RN9H/k/BQo
LpdNu1VAeLLjfE4/uSaqUJZPRT7d2jV6Ne02v1R1j0sYu5PcB09y0vnaT6TYptyq/ay0nnpIt3GTj4Ay1WzenCr96KsLbxRb5oyh
pIp3KTl44KAAAIAAAAAAAAAAAAAAAAAMJ6qEXUU5CGqhJ1JOJRuAG0lb4RABPHVKWRRUOzdXZQAAAAAAAAAAAAAAAAAPJK4tL3R6
eTkoRcnwkBDg2xy1lXjv7MZ1GWasSXx2+T1RlqcrfZfIqelyezT/ACUWxVRSfsifU5HKSxQ5fJrPKo4eovddiXBkhCTnkbcgPIR2
6lR+JUXnz96+o3+26y6E1kjujwB0ACAAAAAAAAAAAAAAHOSO+Eo/KOgBBCWTTyfp55sSlk1ElUePgvBRwsUekscu6Rz9Ni/s/LNQ
QQbI/U7K9O6qLoQjCO2KpHoKAMcsMaTexOTfbyzpYVsjC3tXK+QNAY4kllls/oS7/qbEAAAAAAAAAAAAAAAAAAAAABxKLeWDr0qz
zNvaSgm0+adGgA4xtr09PYl5R2AAAAH/2Q==`,
  'base64',
)
const HOUR_MS = 3_600_000

/** Zhang Jianguo photographed the display when he wrote a pressure down, the evening before. */
export async function layPhoto(world: World, ctx: Ctx): Promise<void> {
  const hash = await storeBytes(world.dataDir, display)
  await addFile(ctx, { hash, size: display.length, media: 'image/jpeg' })
  await attach(ctx, [hash])
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
  await addPhoto(ctx, { ...figures, residentId, id: demoId('careplan', 'photo 0'), fileHash: hash })
}
