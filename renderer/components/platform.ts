/** Whether keys are named as Apple does. */
export const isMac = /^mac/i.test(navigator.platform);
