"""Makes the signed PDFs of these tests with pyHanko, a party of its own: `python make.py` beside this file,
with pyHanko 0.38 and cryptography installed. Everybody named in them is made up."""

import datetime as dt
from io import BytesIO

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore
from asn1crypto import keys as asn1_keys, x509 as asn1_x509

START = dt.datetime(2026, 1, 1)
END = dt.datetime(2036, 1, 1)


def name(text):
    return x509.Name([
        x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Cơ quan chứng thực hư cấu"),
        x509.NameAttribute(NameOID.COMMON_NAME, text),
    ])


def certificate(subject, key, issuer, issuer_key, is_ca, end=END):
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(subject)).issuer_name(name(issuer)).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(START).not_valid_after(end)
        .add_extension(x509.BasicConstraints(is_ca, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if not is_ca:
        usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(issuer_key, hashes.SHA256())


def asn1(cert):
    return asn1_x509.Certificate.load(cert.public_bytes(serialization.Encoding.DER))


def signer(cert, key, chain):
    der = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8,
                            serialization.NoEncryption())
    store = SimpleCertificateStore()
    store.register_multiple([asn1(one) for one in chain])
    return SimpleSigner(asn1(cert), asn1_keys.PrivateKeyInfo.load(der), store)


def page():
    writer = PdfFileWriter()
    stream = generic.StreamObject(stream_data=b"BT /F1 18 Tf 72 720 Td (Trich luc) Tj ET")
    font = generic.DictionaryObject({
        generic.pdf_name("/Type"): generic.pdf_name("/Font"),
        generic.pdf_name("/Subtype"): generic.pdf_name("/Type1"),
        generic.pdf_name("/BaseFont"): generic.pdf_name("/Helvetica"),
    })
    resources = generic.DictionaryObject({
        generic.pdf_name("/Font"): generic.DictionaryObject({generic.pdf_name("/F1"): font}),
    })
    writer.insert_page(PageObject(contents=writer.add_object(stream), media_box=(0, 0, 595, 842),
                                  resources=resources))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def sign(pdf, who, field, digest="sha256", subfilter=fields.SigSeedSubFilter.PADES):
    meta = signers.PdfSignatureMetadata(field_name=field, md_algorithm=digest, subfilter=subfilter,
                                        name="Nguyễn Văn Ký", location="Hải Phòng")
    out = signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), meta, signer=who)
    return out.getvalue()


def append(pdf):
    """Changes the page's text after it was signed, as an editor does: by an update at the end."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    stream = generic.StreamObject(stream_data=b"BT /F1 18 Tf 72 720 Td (Gia mao) Tj ET")
    first = writer.root["/Pages"]["/Kids"][0]
    first["/Contents"] = writer.add_object(stream)
    writer.update_container(first)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def keep(path, data):
    with open(path, "wb") as file:
        file.write(data)


root_key = rsa.generate_private_key(65537, 2048)
root = certificate("Gốc hư cấu", root_key, "Gốc hư cấu", root_key, True)
middle_key = ec.generate_private_key(ec.SECP384R1())
middle = certificate("Trung gian hư cấu", middle_key, "Gốc hư cấu", root_key, True)
rsa_key = rsa.generate_private_key(65537, 2048)
office = certificate("UBND xã Kim Thành (hư cấu)", rsa_key, "Trung gian hư cấu", middle_key, False)
ec_key = ec.generate_private_key(ec.SECP256R1())
person = certificate("Trần Thị Ký (hư cấu)", ec_key, "Gốc hư cấu", root_key, False)
late_key = ec.generate_private_key(ec.SECP256R1())
late = certificate("Hết hạn (hư cấu)", late_key, "Gốc hư cấu", root_key, False,
                   end=dt.datetime(2026, 2, 1))

by_office = signer(office, rsa_key, [middle])
by_person = signer(person, ec_key, [])
plain = page()
signed = sign(plain, by_office, "Sig1")
keep("unsigned.pdf", plain)
keep("rsa.pdf", signed)
keep("ecdsa.pdf", sign(plain, by_person, "Sig1", "sha384", fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED))
keep("twice.pdf", sign(signed, by_person, "Sig2"))
keep("expired.pdf", sign(plain, signer(late, late_key, []), "Sig1"))
keep("changed_after.pdf", append(signed))
keep("root.pem", root.public_bytes(serialization.Encoding.PEM))
other = rsa.generate_private_key(65537, 2048)
keep("other_root.pem", certificate("Gốc khác hư cấu", other, "Gốc khác hư cấu", other, True)
     .public_bytes(serialization.Encoding.PEM))
