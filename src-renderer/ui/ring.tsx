/** How much of a span is left, as a ring; the number stands inside. */
export function Ring({ share, label, testId }: { readonly share: number; readonly label: string; readonly testId?: string | undefined }) {
  const radius = 34;
  const around = 2 * Math.PI * radius;
  const left = Math.max(0, Math.min(1, share));
  return (
    <svg className="ring" viewBox="0 0 80 80" role="img" aria-label={label} data-testid={testId}>
      <circle cx="40" cy="40" r={radius} className="ring-track" />
      <circle cx="40" cy="40" r={radius} className="ring-left" strokeDasharray={`${around * left} ${around}`} transform="rotate(-90 40 40)" />
      <text x="40" y="41" dominantBaseline="middle" textAnchor="middle" className="amount">
        {label}
      </text>
    </svg>
  );
}
