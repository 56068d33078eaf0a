// A passkey can only be asked for by a script. Without one, or in a browser that knows no passkeys, the button stays hidden.
for (const form of document.querySelectorAll('form[data-sessions-passkey]')) {
  const button = form.querySelector('button');
  const alert = form.querySelector('[role=alert]');
  button.hidden = !window.PublicKeyCredential?.parseRequestOptionsFromJSON;

  // Back to this page: an answer is good for once.
  window.addEventListener('pageshow', () => {
    form.elements.credential.value = '';
    button.disabled = false;
  });

  const ask = async () => {
    const response = await fetch(form.dataset.sessionsPasskey, { method: 'POST', body: new FormData(form), credentials: 'same-origin' });
    if (!response.ok) {
      throw new Error(`status ${response.status}`);
    }

    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await response.json());
    return JSON.stringify(await navigator.credentials.get({ publicKey }));
  };

  form.addEventListener('submit', async (event) => {
    if (form.elements.credential.value) {
      return;
    }

    event.preventDefault();
    alert.hidden = true;
    button.disabled = true;
    try {
      form.elements.credential.value = await ask();
      form.submit();
    } catch {
      // The person turned back, or the authenticator did.
      alert.hidden = false;
      button.disabled = false;
      button.focus();
    }
  });
}
