import { nextMove } from '@tongmai/api/dispatch/flow'
import { type Mission, missionApi } from '@tongmai/api/dispatch/mission'
import { Button } from 'antd'
import { useState } from 'react'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { type Act, ActionPanel } from '../../ui/action-panel.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { Locate } from './locate.tsx'
import { type Asking, MoveDialog } from './move-dialog.tsx'
import { VehicleDialog } from './vehicle-dialog.tsx'
import { dispatchWords } from './words.ts'

const direct = ['depart', 'reach', 'leave', 'arrive'] as const
type Direct = (typeof direct)[number]
const isDirect = (name: string): name is Direct => direct.includes(name as Direct)
const asks = ['recall', 'cancel', 'abort', 'handOver', 'makeReady', 'releaseFlight'] as const
const isAsking = (name: string): name is Asking => asks.includes(name as Asking)

/** What I can do with this mission, and for what I cannot: why. On a phone the next act is one big button at the bottom. */
export function MissionActs({ mission }: { mission: Mission }) {
  const t = useWords(dispatchWords)
  const tell = useTell()
  const [asking, setAsking] = useState<Asking | 'dispatch' | null>(null)
  const done = (move: Direct) => ({
    touches: ['dispatch', `mission:${mission.id}`],
    onDone: () => tell(t('done.move', { move: t(`move.${move}`) })),
  })
  const writes = {
    depart: useWrite(missionApi.depart, done('depart')),
    reach: useWrite(missionApi.reach, done('reach')),
    leave: useWrite(missionApi.leave, done('leave')),
    arrive: useWrite(missionApi.arrive, done('arrive')),
  }
  const refused = direct.map((name) => writes[name].error).find((error) => error) ?? null
  const act = (name: string): Act | undefined => {
    const main = name === nextMove[mission.status]
    if (name === 'dispatch') return { label: t('move.dispatch'), run: () => setAsking('dispatch'), main }
    if (isDirect(name)) {
      const run = () => writes[name].mutate({ params: { id: mission.id }, body: {} })
      return { label: t(`move.${name}`), run, main, busy: writes[name].isPending }
    }
    if (!isAsking(name)) return undefined
    const danger = ['recall', 'cancel', 'abort'].includes(name)
    return { label: t(`move.${name}`), run: () => setAsking(name), main, danger }
  }
  const next = mission.moves.find(({ move, open }) => open && move === nextMove[mission.status])
  const big = next && act(next.move)
  const close = () => setAsking(null)
  return (
    <>
      <ActionPanel moves={mission.moves} act={act}>
        <Locate mission={mission} />
        <RefusalNote refused={refused} />
      </ActionPanel>
      {big && (
        <div className="tm-next-act tm-no-print">
          <Button type="primary" size="large" block loading={big.busy ?? false} onClick={big.run}>
            {big.label}
          </Button>
        </div>
      )}
      {asking === 'dispatch' && <VehicleDialog mission={mission} onClose={close} />}
      {asking !== null && asking !== 'dispatch' && (
        <MoveDialog key={asking} mission={mission} move={asking} onClose={close} />
      )}
    </>
  )
}
