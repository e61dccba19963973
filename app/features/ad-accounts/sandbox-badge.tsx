import { Badge } from '../../ui/badge.tsx';

export function SandboxBadge() {
  return (
    <Badge tone="warning" title="Invented figures of the sandbox, not of a real platform">
      Sandbox
    </Badge>
  );
}
