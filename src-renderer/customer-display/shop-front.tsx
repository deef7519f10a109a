/** A small shop with its awning and a plant: the picture of a counter that waits. Its colours are the theme's own. */
export const ShopFront = () => (
  <svg className="shop-front" viewBox="0 0 320 240" aria-hidden focusable="false">
    <path className="ground" d="M12 216h296" />
    <path className="wall" d="M52 96h216v120H52z" />
    <path className="glass" d="M72 120h104v64H72z" />
    <path className="glass" d="M196 120h52v96h-52z" />
    <path className="detail" d="M72 184h104M124 120v64M236 168v12" />
    <path className="awning" d="M60 48h200l24 52H36z" />
    <path className="stripe" d="M100 48h40l-2 52H85zM180 48h40l15 52h-53z" />
    <path className="awning" d="M36 100h49.600a24.800 20 0 0 1-49.600 0zM134.900 100h47.200a23.600 20 0 0 1-47.200 0zM234.400 100H284a24.800 20 0 0 1-49.600 0z" />
    <path className="stripe" d="M85.600 100h49.300a24.650 20 0 0 1-49.300 0zM182.100 100h52.300a26.150 20 0 0 1-52.300 0z" />
    <path className="pot" d="M280 192h24l-4 24h-16z" />
    <path className="leaf" d="M292 192c-2-14-12-18-18-18 0 10 8 18 18 18zM292 192c0-18 8-26 16-28 2 14-4 24-16 28z" />
  </svg>
);
