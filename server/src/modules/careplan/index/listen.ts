import type { Ctx } from '../../../kernel/ctx.ts'
import { isConnectionLoss, isDiskFull, isTimeout } from '../../../kernel/database.ts'
import { unkeepable } from '../../../kernel/keepable.ts'
import type { World } from '../../../kernel/world.ts'
import { takeParcels } from '../actions/intake.ts'
import { type DeviceMessage, type MqttOptions, type MqttSubscription, subscribe } from '../gateway/mqtt.ts'
import { readMessage, serialOf } from '../read-message.ts'
import { addStrays } from '../store/stray.ts'

/** Takes what devices publish over MQTT, by the rules of the HTTPS intake. */
export const listenToDevices = (world: World, options: MqttOptions): MqttSubscription =>
  subscribe(options, (messages) => takeMessages(world, messages), world.log)

const isPassing = (error: unknown): boolean =>
  [isConnectionLoss, isDiskFull, isTimeout].some((passes) => passes(error))

/** Keeps all of these in one transaction. One that cannot be kept at all keeps none of the others back. */
async function takeMessages(world: World, messages: readonly DeviceMessage[]): Promise<void> {
  try {
    await world.asSystem(null, (ctx) => keepMessages(ctx, messages))
  } catch (error) {
    if (isPassing(error)) throw error
    if (messages.length > 1) {
      for (const one of messages) await takeMessages(world, [one])
      return
    }
    world.log.error({ err: error }, 'MQTT: a message failed and was set aside')
    const stray = messages.map((one) => ({
      ...one,
      serial: serialOf(one.topic),
      problem: 'careplan.message-failed',
    }))
    await world.asSystem(null, (ctx) => addStrays(ctx, stray))
  }
}

async function keepMessages(ctx: Ctx, messages: readonly DeviceMessage[]): Promise<void> {
  const read = messages.map((message) => ({
    message,
    ...readMessage(message, (value) => unkeepable(value) === undefined),
  }))
  const parcels = read.filter((one) => 'token' in one)
  const answers = await takeParcels(ctx, parcels)
  const unknown = parcels
    .filter((_, n) => answers[n] === null)
    .map((one) => ({ ...one, problem: 'careplan.device-unknown' }))
  const strays = [...read.filter((one) => 'problem' in one), ...unknown]
  await addStrays(
    ctx,
    strays.map(({ message, serial, problem }) => ({ ...message, serial, problem })),
  )
}
