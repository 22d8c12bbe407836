import { openCase } from '../../../kernel/case.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { demoId } from '../../../kernel/demo.ts'
import { addFile, attach, storeBytes } from '../../../kernel/file.ts'
import type { World } from '../../../kernel/world.ts'
import * as proxies from '../store/proxy.ts'

/** A mandate, drawn by us and marked as a demonstration: a JPEG of 170 by 120 points. */
const mandate = Buffer.from(
  `/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABh
Y3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
AAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAAB
UAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAA
AAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9Y
WVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAM
ZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDAEMuMjoyKkM6NjpLR0NPZKZsZFxcZMySmnmm
8dT++u3U6eX//////////+Xp////////////////////////////2wBDAUdLS2RXZMRsbMT//+n/////////////////////////
////////////////////////////////////////////wAARCAB4AKoDASIAAhEBAxEB/8QAGQABAAMBAQAAAAAAAAAAAAAAAAEC
AwQF/8QANBAAAgIBAwIDBAoBBQAAAAAAAQIAEQMSITEiQRNRYQQycdEUI0JSYoGRobHBM3KCkuHx/8QAFQEBAQAAAAAAAAAAAAAA
AAAAAAH/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwDtiIkCIiAiJUZEYWGFXW+0C0SnjYywUOpJ8jLF1DhSdzuI
ExFjzEgsByQIExKNmxry6/rLa10a76au4ExI1LpDWKO9mQmRHJCMDXNQLRIZ1QDUas0I1Lq02NXNQJiIgIiICIiAiIgIiIEMCVIB
0nznnjekBDHUTvwP/Z35ApQh/d7zkHhfRip5LErQgQqsjoSqkBuAd9/lGW/pOlsp4q64vtJwlVzBsqaGqlAXmWbGuPMPE6gQxbaU
U8PGuFxpByBtI9ZfOotcalmZRsoWCHOX6QMfSPs9yPOPaWRlDKSHYCrJ4gZY8eS2KUaq6A3+E2YlvZ3PittdgivymIVqX6t1UHcg
kzZ1wnASoZruuTvAyY4Tg6n1ZNO23HpOjDlXQAEZQBuxFCSyH6JQXq0cSMOXWVRR0heqx3kGGUpS1nZuocnj1kr4Z9oGrKWAA0kn
vNvaQNKbD3xIyB8mRV8OgrWW84HRERAREQEREBERAREQERECusdWxOnmhKnPjAFuN62uMYJw7NpNmz63MsjWbUke7uAd7+Bgb+Ih
UsGBA8t5Xxk/F/wPylAaxM2orRNkDc/rcHxAzA5HpVB4F9/SBuDYuJUMFQFnsfeMtAhnC8g/kpMqMqtxqP8AtPykvrG4ZQB5rf8A
cywHI2PZlFHuv5+frA0bLjVgrMt358SyuGJ0m67zLISr0SeugpG1Si4/r9LgM16ya7eUDoVg11yDRkyg/wA5r7ouXgIiICIiAiIg
IiICIiBQ4wQwBIDcyDhRmLMA3YCuJpEDNcKqoXkA2JZUIdmZrJ24qWiBQ4lOMJ9mXiIFXTWaLdP3fOVON+sK4Ab8O4/eaRAocSkk
tbbUPSQMVENqOu928/SaRAhVCknkk2ZMRAREQEREBERATnzZMiltJ3AugeB58f3OicuQU5Ckst2QtXf6fzA0xMxYgjfuC2/8SULn
XZC03N3K4wWcHIzahdAgcfGv4k4ceM6yAGGrYneBOBwyi31ORZF8ScmTTkxr2Y7yuJtKKultl36TJCHIGZ9iwoDyEDWQS2sDT01u
bkIzHZgQw58jJJbWBp6a3NwIyGl2LXddNX+8x8YoaZgW07gkDebZAmnrNAd7qYCzSmyxQV3o33gXfJS46zDc0TtR85k+VwxrKo2O
2sfKaZGORV0g2feFdu8oVYuCWbg/Zf5wNCcjMAGo6QaB/wCjK6svhl9RAHqD3/0yXNvvvaDlCe/lMyoRGruO2Ijv5wOuIiAiIgIi
ICIiAjiJzPWp7GNb2GpqPx4gdAdWNBgT6GSCDweJijE5LGgqduhr0/tK4yp12zONXYfIQOixdXEx9nP1agIQK523jM1ZcdcLufQc
QNoiQQdYOrauKgTF713lMt6dgT8DU56p71vZqgdQvnaB1yNaXWpb+MxyEDGuoAejjV+9zPEWBbT4R3s6RdbD14gdZIAsmosXV7zH
KofQNCszdzt/RmaKNmbFjosV2+PlUDqiIgIiICIiAiIgJk4yMw0gKR9on+prEDPEroSGUG+WvmTjBGokVbXUvEDJFyKoHTSiuef2
lkx0G19TN70vECqBl6SQQOD3kkHWDq2ripMQIZQwo3+RImS4gcjMQ4FAC3N/zNogUYMF0p37k3Upkx7KEDWBQIaqm0QMsqF2oY0O
3vMLqV8AY/dxq48jzN4gIiICIiAiIgIiICIiAiIgIiICIiAiIgIiICIiAiIgIiICIiB//9k=`,
  'base64',
)
const HOUR_MS = 3_600_000

/** Li Xiuying asks to stand for her husband; the community centre has still to look at the mandate. */
export const layRequest = (world: World): Promise<void> =>
  world.asSystem(demoId('network', 'CHC01'), async (ctx) => {
    const hash = await storeBytes(world.dataDir, mandate)
    await addFile(ctx, { hash, size: mandate.length, media: 'image/jpeg' })
    await attach(ctx, [hash])
    const [residentId, institutionId] = [demoId('resident', 0), demoId('network', 'CHC01')]
    const id = demoId('resident', 'request 0')
    await proxies.add(ctx, {
      ...{ id, residentId, proxyId: demoId('resident', 1), institutionId, kind: 'spouse', proof: 'mandate' },
      ...{ fileHash: hash, until: dayAfter(dayOf(ctx.now), 360), at: ctx.now, state: 'asked' },
    })
    const owner = { institutionId, duty: 'resident.register', step: 'check-proxy' }
    const due = new Date(ctx.now.getTime() + 50 * HOUR_MS)
    await openCase(ctx, { kind: 'resident.proxy', thing: `proxy-request:${id}`, residentId, due, ...owner })
  })
