import { caseEvents } from '../../kernel/case.ts'
import { type Reaction, when } from '../../kernel/module.ts'
import { referralEvents } from '../referral/index.ts'
import { tellPeople } from './actions/tell-people.ts'
import { recipientsOf, toldEvents } from './recipient.ts'

/** Whoever must know of a step is told it; whom a passed deadline reaches is told that. */
export const reactions: readonly Reaction[] = [
  ...toldEvents.map((name) =>
    when(referralEvents, name, {
      name: `notice.${name}`,
      run: (ctx, event) => {
        const { number, direction, urgency, move } = event.data
        const data = { number, direction, urgency, move }
        const news = { code: event.name, thing: event.thing, residentId: event.residentId, data }
        return tellPeople(ctx, recipientsOf(name, event.data), news, event.actorId)
      },
    }),
  ),
  when(caseEvents, 'case.escalated', {
    name: 'notice.case-escalated',
    run: (ctx, event) => {
      const { kind, step, duty, level, institutionId } = event.data
      const news = {
        code: event.name,
        thing: event.thing,
        residentId: event.residentId,
        data: { kind, step, level },
      }
      return tellPeople(ctx, [{ institutionId, duty }], news)
    },
  }),
]
