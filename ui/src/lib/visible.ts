// Whether a part of the page can be seen at all: in view, and the window not hidden. What nobody sees asks for nothing.

/** Tells each change; use with `{@attach}`. */
export function watchVisible(tell: (visible: boolean) => void) {
  return (element: Element) => {
    let inView = typeof IntersectionObserver === 'undefined';
    const say = () => tell(inView && !document.hidden);
    const observer = inView ? null : new IntersectionObserver((entries) => {
      inView = entries.at(-1)?.isIntersecting ?? inView;
      say();
    }, { rootMargin: '300px 0px' });
    observer?.observe(element);
    document.addEventListener('visibilitychange', say);
    say();
    return () => {
      observer?.disconnect();
      document.removeEventListener('visibilitychange', say);
      tell(false);
    };
  };
}
