import { referralApi } from '@tongmai/api/referral'
import type { ReplyUse } from '@tongmai/api/referral/rule'
import { Select } from 'antd'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { referralWords } from './words.ts'

interface CannedProps {
  readonly use: ReplyUse
  readonly departmentId?: string | undefined
  readonly onPick: (text: string) => void
}

/** The department's ready sentences; picking one puts it into the field. */
export function Canned({ use, departmentId, onPick }: CannedProps) {
  const t = useWords(referralWords)
  const query = { use, ...(departmentId ? { departmentId } : {}) }
  const read = useRead(referralApi.listReplies, { query })
  if (!read.data?.length) return null
  return (
    <Select<string>
      aria-label={t('reply.pick')}
      placeholder={t('reply.pick')}
      style={{ width: '100%' }}
      value={null}
      options={read.data.map(({ id, text }) => ({ value: id, label: text }))}
      onChange={(id) => onPick(read.data.find((one) => one.id === id)?.text ?? '')}
    />
  )
}
