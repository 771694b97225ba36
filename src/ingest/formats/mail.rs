//! Mails (.eml) and pages that browsers save as mails (.mht, .mhtml; RFC 2557): the text among the
//! parts, with subject, sender and day of a mail, or the address of a page. What is attached to a
//! mail is read as files of their own.

use encoding_rs::Encoding as Charset;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::Contents;
use crate::document::TitleOrigin;
use crate::error::Refusal;
use crate::ingest::{dates, decode};
use crate::text::web_address::WebAddress;

/// Bytes in which the head of a mail ends or is believed not to.
const HEAD: usize = 64 << 10;

/// True for a head of fields such as mails have, two of which only mails have.
pub(super) fn is_mail(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let (mut own, mut fields) = (0, 0);
    for (at, line) in head.split(|byte| *byte == b'\n').enumerate() {
        let line = line.trim_ascii_end();
        match line.first() {
            None => break,
            Some(b' ' | b'\t') if fields > 0 => continue,
            // The envelope of a mailbox.
            Some(b'F') if at == 0 && line.starts_with(b"From ") => continue,
            Some(_) => {}
        }
        let Some(name) = field_name(line) else { return false };
        fields += 1;
        own += usize::from(MAIL_FIELDS.iter().any(|own| own.eq_ignore_ascii_case(name)));
    }
    own >= 2
}

const MAIL_FIELDS: [&str; 9] = [
    "MIME-Version",
    "Content-Type",
    "Received",
    "Message-ID",
    "From",
    "To",
    "Content-Transfer-Encoding",
    "Return-Path",
    "Delivered-To",
];

fn field_name(line: &[u8]) -> Option<&str> {
    let name = line.split(|byte| *byte == b':').next().filter(|name| name.len() < line.len())?;
    let is_name = !name.is_empty() && name.iter().all(|b| b.is_ascii_graphic());
    std::str::from_utf8(name).ok().filter(|_| is_name)
}

/// A file that is attached to a mail.
pub(super) struct Attachment {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// Reads the mail or saved page `bytes`.
pub(super) fn read(bytes: &[u8]) -> Result<(Contents, Vec<Attachment>), Refusal> {
    let message = MessageParser::default().parse(bytes).ok_or(Refusal::Damaged)?;
    let location = message.header_raw("Snapshot-Content-Location").map(str::trim);
    let is_page = location.is_some()
        || message
            .parts
            .iter()
            .any(|part| part.is_text_html() && part.content_location().is_some());
    if is_page { page(&message, location) } else { mail(&message) }
}

/// Han characters below which a page is taken for a frame around others.
const FRAME: usize = 200;

fn page(
    message: &Message<'_>,
    location: Option<&str>,
) -> Result<(Contents, Vec<Attachment>), Refusal> {
    let pages: Vec<&MessagePart<'_>> =
        message.parts.iter().filter(|part| part.is_text_html()).collect();
    let main =
        pages.iter().position(|part| location.is_some() && part.content_location() == location);
    let main = main.unwrap_or(0);
    let first = pages.get(main).ok_or(Refusal::NoText)?;
    let mut html = text_of(message, first);
    if html.chars().filter(|c| crate::text::is_han(*c)).count() < FRAME {
        for (_, part) in pages.iter().enumerate().filter(|(at, _)| *at != main) {
            html.push('\n');
            html.push_str(&text_of(message, part));
        }
    }
    let address = [first.content_location(), location];
    let mut contents = Contents { kind: "mhtml".into(), ..Contents::source(html) };
    contents.metadata.url = address.into_iter().flatten().find_map(WebAddress::parse);
    Ok((contents, Vec::new()))
}

fn mail(message: &Message<'_>) -> Result<(Contents, Vec<Attachment>), Refusal> {
    let body = |part: &&MessagePart<'_>| !text_of(message, part).trim().is_empty();
    let chosen = message.html_bodies().find(body).or_else(|| message.text_bodies().find(body));
    let text = chosen.map(|part| text_of(message, part)).unwrap_or_default();
    // A whole page that is sent has a title of its own.
    let has_headline = memchr::memmem::find(text.as_bytes(), b"<h1").is_some();
    let mut contents = Contents { kind: "eml".into(), ..Contents::source(text) };
    let known = &mut contents.metadata;
    let subject = message.subject().map(|subject| subject.trim().to_owned());
    match subject.filter(|subject| !subject.is_empty()) {
        subject if has_headline => contents.other_title = subject,
        Some(subject) => (known.title, known.title_origin) = (subject, TitleOrigin::Given),
        None => {}
    }
    let date = message.date().map(|date| date.to_rfc3339());
    known.published = date.and_then(|date| dates::beijing_date(&date));
    let sender = message.from().and_then(|from| from.first());
    known.byline = sender.and_then(|one| one.name().or(one.address())).map(str::to_owned);
    let attachments = message.attachments().filter_map(|part| attachment(message, part));
    Ok((contents, attachments.collect()))
}

fn attachment(message: &Message<'_>, part: &MessagePart<'_>) -> Option<Attachment> {
    let name = part.attachment_name()?.to_owned();
    Some(Attachment { name, bytes: bytes_of(message, part)? })
}

/// The bytes of a part, its transfer encoding removed.
fn bytes_of(message: &Message<'_>, part: &MessagePart<'_>) -> Option<Vec<u8>> {
    let raw = message.raw_message.get(part.offset_body as usize..part.offset_end as usize);
    let decoded = raw.and_then(|raw| match part.encoding {
        Encoding::None => Some(raw.to_vec()),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::Base64 => base64_decode(raw),
    });
    decoded.or_else(|| match &part.body {
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => Some(bytes.to_vec()),
        PartType::Text(text) | PartType::Html(text) => Some(text.as_bytes().to_vec()),
        PartType::Message(_) | PartType::Multipart(_) => None,
    })
}

/// The text of a part, in the encoding that its bytes are in; what the part declares comes after
/// UTF-8, as in files.
fn text_of(message: &Message<'_>, part: &MessagePart<'_>) -> String {
    let declared = part.content_type().and_then(|kind| kind.attribute("charset"));
    let declared = declared.and_then(|label| Charset::for_label(label.as_bytes()));
    match bytes_of(message, part) {
        Some(bytes) => decode::text_declared(&bytes, declared),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Text;
    use super::*;

    fn html_of(mail: &[u8]) -> (String, Contents) {
        let (mut contents, _) = read(mail).unwrap();
        let Text::Source(html) = std::mem::take(&mut contents.text) else { unreachable!() };
        (html, contents)
    }

    #[test]
    fn saved_page_in_gbk_gives_its_html_and_address() {
        let (gbk, ..) =
            encoding_rs::GB18030.encode("<html><body><p>关于印发办法的通知</p></body></html>");
        let coded: String = gbk.iter().map(|byte| format!("={byte:02X}")).collect();
        let mail = format!(
            "From: <Saved by Microsoft Internet Explorer>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\
             \ttype=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=\"gb2312\"\r\n\
             Content-Transfer-Encoding: quoted-printable\r\nContent-Location: http://a.gov.cn/1.html\r\n\r\n{coded}\r\n\
             --b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0=\r\n--b--\r\n"
        );
        assert!(is_mail(mail.as_bytes()));
        let (html, contents) = html_of(mail.as_bytes());
        assert!(html.contains("<p>关于印发办法的通知</p>"), "{html}");
        assert_eq!(
            contents.metadata.url.as_ref().map(WebAddress::as_str),
            Some("http://a.gov.cn/1.html")
        );
        assert_eq!(contents.metadata.published, None);
    }

    #[test]
    fn mail_gives_subject_day_and_attachments() {
        let mail = "From: a@b.cn\nTo: c@d.cn\nSubject: =?gb2312?B?zajWqg==?=\nDate: Fri, 08 Mar 2024 17:30:00 +0000\n\
             MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n\
             各单位：请遵照执行。\n--b\nContent-Type: text/plain; name=a.txt\nContent-Disposition: attachment; filename=a.txt\n\n\
             附件一\n--b--\n";
        let (contents, attachments) = read(mail.as_bytes()).unwrap();
        assert_eq!(contents.metadata.title, "通知");
        assert_eq!(
            contents.metadata.published.map(|day| day.to_string()).as_deref(),
            Some("2024-03-09")
        );
        assert_eq!(attachments.len(), 1);
        assert_eq!(attachments[0].name, "a.txt");
    }

    #[test]
    fn texts_with_a_colon_in_each_line_are_no_mails() {
        for text in [
            "Title: 甲\nDate: 2024\n\n文",
            "来源：某网\n\n文",
            "From: 甲\n正文没有字段名",
            "a: b\n",
        ] {
            assert!(!is_mail(text.as_bytes()), "{text}");
        }
    }
}
