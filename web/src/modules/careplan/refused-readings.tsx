import { careplanApi } from '@tongmai/api/careplan'
import type { Device } from '@tongmai/api/careplan/device'
import { Modal } from 'antd'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useSay, useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { careplanWords } from './words.ts'

/** What a device sent that cannot be, as it came, with what is wrong. */
export function RefusedReadings({ device, onClose }: { device: Device; onClose: () => void }) {
  const t = useWords(careplanWords)
  const say = useSay()
  const { moment } = useDates()
  const params = { id: device.id }
  const read = useRead(careplanApi.listRefusedReadings, { params, query: { limit: 100 } })
  return (
    <Modal
      open
      width={720}
      title={`${device.serial} · ${t('device.refused')}`}
      footer={null}
      onCancel={onClose}
    >
      <Loaded read={read}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing title={t('device.no-refused')} />
          ) : (
            <ul>
              {items.map((one) => (
                <li key={one.id}>
                  {moment(one.receivedAt)} <b>{say(one.problem)}</b> <code>{one.raw.slice(0, 200)}</code>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Modal>
  )
}
