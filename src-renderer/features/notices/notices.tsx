import { Button } from '../../ui/button.tsx';
import { dismiss, useNotices } from './store.ts';

/** The messages at the foot of the screen, read out as they come. */
export function Notices() {
  const list = useNotices((state) => state.list);
  return (
    <div className="notices" role="status" aria-live="polite" data-testid="notice">
      {list.map((notice) => (
        <div key={notice.id} className={`notice ${notice.tone}`}>
          <span>{notice.text}</span>
          {notice.action ? (
            <Button
              size="small"
              onPress={() => {
                notice.action?.run();
                dismiss(notice.id);
              }}
            >
              {notice.action.label}
            </Button>
          ) : null}
        </div>
      ))}
    </div>
  );
}
