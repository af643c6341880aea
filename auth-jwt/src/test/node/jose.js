// Answers each line of JSON on standard input with one on standard output.
import { createInterface } from 'node:readline';
import * as jose from 'jose';
import * as oauth from 'oauth4webapi';

const answer = {
  // A new key with its private part.
  async generate({ alg }) {
    const options = { extractable: true };
    const key = alg.startsWith('HS')
      ? await jose.generateSecret(alg, options)
      : (await jose.generateKeyPair(alg, options)).privateKey;
    return { ...(await jose.exportJWK(key)), alg };
  },

  async sign({ alg, jwk, payload }) {
    const key = await jose.importJWK(jwk, alg);
    return new jose.CompactSign(jose.base64url.decode(payload)).setProtectedHeader({ alg }).sign(key);
  },

  // The payload; null if the signature is wrong.
  async verify({ alg, jwk, token }) {
    try {
      const key = await jose.importJWK(jwk, alg);
      const { payload } = await jose.compactVerify(token, key, { algorithms: [alg] });
      return jose.base64url.encode(payload);
    } catch (e) {
      if (e instanceof jose.errors.JWSSignatureVerificationFailed) return null;
      throw e;
    }
  },

  // The claims of an access token (RFC 9068), as oauth4webapi takes it; its fault if it doesn't.
  async access({ token, issuer, audience, jwks }) {
    const headers = { authorization: `Bearer ${token}` };
    const server = { issuer, jwks_uri: 'https://keys.example/jwks.json' };
    try {
      return await oauth.validateJwtAccessToken(
        server,
        new Request(audience, { headers }),
        audience,
        { [oauth.customFetch]: async () => Response.json(jwks) },
      );
    } catch (e) {
      return { fault: e.message };
    }
  },

  async thumbprint({ jwk }) {
    return jose.calculateJwkThumbprint(jwk);
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { ask, ...question } = JSON.parse(line);
  const said = await answer[ask](question).then((answer) => ({ answer }), (e) => ({ error: e.stack }));
  console.log(JSON.stringify(said));
}
