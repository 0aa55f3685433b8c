// One peer in a classic worker of its own: "?name" says which. In {id, width, height, pixels}, out
// {ready} or {id, texts} or {id, error}. Each peer gets the options with which it reads most.
"use strict";

const peers = "/peers/";

const engines = {
  async jsqr() {
    importScripts(peers + "jsqr/dist/jsQR.js");
    return ({ data, width, height }) => {
      const found = jsQR(data, width, height, { inversionAttempts: "attemptBoth" });
      return found && found.data ? [found.data] : [];
    };
  },

  // The engine in its own worker, as the library runs it, without the library's cropping.
  async "qr-scanner"() {
    const { createWorker } = await import(peers + "qr-scanner/qr-scanner-worker.min.js");
    const worker = createWorker();
    worker.postMessage({ type: "inversionMode", data: "both" });
    return ({ data, width, height }) => new Promise((resolve) => {
      worker.onmessage = ({ data: said }) => {
        if (said.type === "qrResult") resolve(said.data ? [said.data] : []);
      };
      worker.postMessage({ type: "decode", data: { data, width, height } }, [data.buffer]);
    });
  },

  async "zxing-js"() {
    importScripts(peers + "@zxing/library/umd/index.min.js");
    const hints = new Map([
      [ZXing.DecodeHintType.TRY_HARDER, true],
      [ZXing.DecodeHintType.POSSIBLE_FORMATS, [ZXing.BarcodeFormat.QR_CODE]],
    ]);
    const look = (source) => {
      try {
        const picture = new ZXing.BinaryBitmap(new ZXing.HybridBinarizer(source));
        return [new ZXing.QRCodeReader().decode(picture, hints).getText()];
      } catch (error) {
        if (error instanceof ZXing.Exception || (error && error.getKind)) return [];
        throw error;
      }
    };
    return ({ data, width, height }) => {
      const grey = new Uint8ClampedArray(width * height);
      for (let i = 0; i < grey.length; i += 1) {
        grey[i] = (data[4 * i] * 77 + data[4 * i + 1] * 150 + data[4 * i + 2] * 29) >> 8;
      }
      const texts = look(new ZXing.RGBLuminanceSource(grey, width, height));
      if (texts.length) return texts;
      return look(new ZXing.RGBLuminanceSource(grey.map((shade) => 255 - shade), width, height));
    };
  },

  // tryHarder, tryRotate, tryInvert and tryDownscale are on by default.
  async "zxing-wasm"() {
    importScripts(peers + "zxing-wasm/dist/iife/reader/index.js");
    await ZXingWASM.prepareZXingModule({
      overrides: { locateFile: () => peers + "zxing-wasm/dist/reader/zxing_reader.wasm" },
      fireImmediately: true,
    });
    return async (picture) => {
      const found = await ZXingWASM.readBarcodes(picture, { formats: ["QRCode"] });
      return found.filter((code) => code.isValid !== false).map((code) => code.text);
    };
  },

  async "zbar-wasm"() {
    const zbar = await import(peers + "@undecaf/zbar-wasm/dist/inlined/index.mjs");
    const scanner = await zbar.getDefaultScanner();
    scanner.setConfig(zbar.ZBarSymbolType.ZBAR_NONE, zbar.ZBarConfigType.ZBAR_CFG_ENABLE, 0);
    scanner.setConfig(zbar.ZBarSymbolType.ZBAR_QRCODE, zbar.ZBarConfigType.ZBAR_CFG_ENABLE, 1);
    return async (picture) => {
      const found = await zbar.scanImageData(picture, scanner);
      return found.map((code) => code.decode());
    };
  },
};

const started = engines[decodeURIComponent(location.search.slice(1))]();
started.then(
  () => postMessage({ ready: true }),
  (error) => postMessage({ failed: String(error) }),
);
onmessage = async ({ data: { id, width, height, pixels } }) => {
  try {
    const look = await started;
    const picture = new ImageData(new Uint8ClampedArray(pixels), width, height);
    postMessage({ id, texts: await look(picture) });
  } catch (error) {
    postMessage({ id, error: String((error && error.stack) || error) });
  }
};
