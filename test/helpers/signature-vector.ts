/** The signed feed that the format's description gives as an example, with its key. @see trust-and-download.md 2.1 */
const feed = `<?xml version="1.0" ?>
<interface xmlns="http://zero-install.sourceforge.net/2004/injector/interface" uri="http://example.com/hello.xml">
  <name>Hello</name>
  <summary>says hello</summary>
  <group/>
</interface>
<!-- Base64 Signature
iHUEABYIAB0WIQSDL6B5T/u5epBRJ7hrqE8qOWv/EwUCXjYtmgAKCRBrqE8qOWv/E1KoAP0X
t61H34C1QLUBlrLOT5jVEeT8h/a+NGaSWGK4RrKUuwEA/zgCP7NehBjKfx9lavWIRDWn0cmu
xExe3dbxQtGzmwc=
-->
`;

const key = `
mDMEXgvhABYJKwYBBAHaRw8BAQdA+VFIkX+5XEWfzXcx5gMR7xbNLOSjAMibLePbcrCNGOO0I0V4YW1wbGUgU2lnbmVyIDxzaWdu
ZXJAZXhhbXBsZS5jb20+iJAEExYIADgWIQS1vxI4XfVnmlQ6ULXM+qVRpTfLtgUCXgvhAAIbAQULCQgHAgYVCgkICwIEFgIDAQIe
AQIXgAAKCRDM+qVRpTfLttGnAQDIHMJ2UoDlcWrxDisdkROFXqz9vNztkFSZ/8fr3pOv0QEA8Z0eOUWs02TpWXigYBxu+V0I/SO/
9lGOB+kRFfr8BwW4MwReC+EBFgkrBgEEAdpHDwEBB0D2iCfUimH+FQ0WrhBkJA5kfi3+gn6hNmPYCDYR+c4r74jvBBgWCAAgFiEE
tb8SOF31Z5pUOlC1zPqlUaU3y7YFAl4L4QECGwIAgQkQzPqlUaU3y7Z2IAQZFggAHRYhBIMvoHlP+7l6kFEnuGuoTyo5a/8TBQJe
C+EBAAoJEGuoTyo5a/8Tx2YA/RKvz2sUwsum/ixldyp6y9NVzq5yaY8ZgexkCmiDWLYkAP44N9fR6HkHb0m7nSbyXZtQNkdfvN0Q
EUxSc8Di1LiCBmCrAQCLzoXidwWuQGMSCw0R8PkwOzmEXpn3Hw8PxMBLNtG4pAD/UPB+L+LJI87ixTAS3uBZGyXZ/dQCS2YBnIYj
OtdQRw0=`;

/** Everything known of the example. */
export const signatureVector = {
  url: 'http://example.com/hello.xml',
  text: feed,
  bytes: new TextEncoder().encode(feed),
  key: new Uint8Array(Buffer.from(key, 'base64')),
  keyId: '6BA84F2A396BFF13',
  fingerprint: '832FA0794FFBB97A905127B86BA84F2A396BFF13',
  primaryFingerprint: 'B5BF12385DF5679A543A50B5CCFAA551A537CBB6',
  identity: 'Example Signer <signer@example.com>',
  signedBytes: 215,
  createdAt: 1_580_608_922,
} as const;
