import { type Mission, missionApi } from '@tongmai/api/dispatch/mission'
import type { Option } from '@tongmai/api/dispatch/plan'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useSay, useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { dispatchWords } from './words.ts'

/** The vehicles for a mission, the first to be there on top; those that cannot go below, each with its reasons, folded while another can. */
export function VehicleDialog({ mission, onClose }: { mission: Mission; onClose: () => void }) {
  const t = useWords(dispatchWords)
  const tell = useTell()
  const { moment } = useDates()
  const [all, setAll] = useState(false)
  const read = useRead(missionApi.listOptions, { params: { id: mission.id } }, { live: ['dispatch'] })
  const send = useWrite(missionApi.dispatch, {
    touches: ['dispatch', `mission:${mission.id}`],
    onDone: ({ expectedAt }) => {
      const time = expectedAt && moment(expectedAt).slice(-5)
      tell(time ? t('done.dispatch', { time }) : t('done.dispatch-plain'))
      onClose()
    },
  })
  const choose = (vehicleId: string) => send.mutate({ params: { id: mission.id }, body: { vehicleId } })
  return (
    <Modal open title={t('ask.vehicle')} footer={null} width={640} onCancel={onClose}>
      <RefusalNote refused={send.error} />
      <Loaded read={read}>
        {(options) => {
          if (options.length === 0) return <Nothing title={t('options.none')} />
          const rest = options.filter(({ suitable }) => !suitable)
          const stuck = options.length === rest.length
          return (
            <>
              {stuck && (
                <p>
                  <b>{t('plan.no-vehicle')}</b> {t('options.what-lacks')}
                </p>
              )}
              <ul style={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: 12 }}>
                {options
                  .filter(({ suitable }) => suitable || all || stuck)
                  .map((option) => (
                    <Line
                      key={option.vehicleId}
                      option={option}
                      busy={send.isPending && send.variables.body.vehicleId === option.vehicleId}
                      onChoose={() => choose(option.vehicleId)}
                    />
                  ))}
              </ul>
              {rest.length > 0 && !all && !stuck && (
                <Button type="link" onClick={() => setAll(true)}>
                  {t('options.unsuitable', { count: rest.length })}
                </Button>
              )}
            </>
          )
        }}
      </Loaded>
    </Modal>
  )
}

function Line({ option, busy, onChoose }: { option: Option; busy: boolean; onChoose: () => void }) {
  const t = useWords(dispatchWords)
  const say = useSay()
  const { name, plate, base, kind, minutes, suitable, why } = option
  return (
    <li className="tm-row" style={{ justifyContent: 'space-between', flexWrap: 'nowrap' }}>
      <span>
        <b>{name}</b> {plate}
        <br />
        <span className="tm-quiet">
          {[t(`vehicle.kind.${kind}`), base, ...why.map((code) => say(code))].join(' · ')}
        </span>
      </span>
      <span className="tm-row" style={{ flexWrap: 'nowrap' }}>
        {minutes !== null && <b className="tm-line">{t('plan.minutes', { minutes: Math.round(minutes) })}</b>}
        {suitable && (
          <Button type="primary" loading={busy} onClick={onChoose}>
            {t('plan.send')}
          </Button>
        )}
      </span>
    </li>
  )
}
