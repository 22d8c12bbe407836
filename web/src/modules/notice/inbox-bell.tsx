import { BellOutlined } from '@ant-design/icons'
import { noticeApi } from '@tongmai/api/notice'
import { Badge } from 'antd'
import { To } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { noticeWords } from './words.ts'

/** In the top bar: how many lines of my inbox are unread, and the way there. */
export function InboxBell() {
  const t = useWords(noticeWords)
  const read = useRead(noticeApi.countUnread, {}, { live: ['notice'] })
  const count = read.data?.unread ?? 0
  return (
    <To to="/inbox" aria-label={count > 0 ? t('inbox.count', { count }) : t('inbox')}>
      <Badge count={count} size="small" overflowCount={99}>
        <BellOutlined style={{ fontSize: 18 }} />
      </Badge>
    </To>
  )
}
