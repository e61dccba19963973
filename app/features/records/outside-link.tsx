/** An address that a person typed, leading out of the product. The procedures take http and https alone. */
export function OutsideLink({ href }: { href: string }) {
  return (
    <a className="link" href={href} rel="noopener noreferrer nofollow" target="_blank">
      {href.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')}
    </a>
  );
}
