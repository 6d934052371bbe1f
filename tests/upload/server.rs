//! A server in the process, `WebDAV` or S3, that fails in every way that servers fail.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    ops::Range,
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

/// What the server speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Speaks {
    WebDav,
    S3,
}

/// One way to fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// The connection ends after so many bytes of what is sent.
    DropAfter(usize),
    /// Half of what is sent is kept, and this is answered.
    Torso(u16),
    /// It is done, and the answer gets lost.
    LostAnswer,
    /// Nothing is done, and this is answered, with `Retry-After` if given.
    Status(u16, Option<u64>),
    /// Something else is read than what lies there, each time.
    WrongBytes,
    /// What is read never ends.
    Endless,
    /// The answer's head never comes.
    Silent,
    /// Nobody looks whether something is there already.
    Unconditional,
    /// Whole files are given where parts were asked for.
    NoParts,
}

/// The server's side of things.
#[derive(Default)]
pub(crate) struct Inside {
    pub(crate) objects: BTreeMap<String, Vec<u8>>,
    folders: Vec<String>,
    /// What is sent in `Authorization`, the last of it.
    pub(crate) authorization: String,
    pub(crate) requests: usize,
}

type Plan = Box<dyn FnMut(usize) -> Fault + Send>;

pub(crate) struct Server {
    pub(crate) address: String,
    pub(crate) inside: Arc<Mutex<Inside>>,
}

impl Server {
    /// A server that fails as the plan says of each request's number, from 0.
    pub(crate) fn start(speaks: Speaks, plan: impl FnMut(usize) -> Fault + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let inside = Arc::new(Mutex::new(Inside::default()));
        let plan: Arc<Mutex<Plan>> = Arc::new(Mutex::new(Box::new(plan)));
        let theirs = Arc::clone(&inside);
        // It lives as long as the tests do.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (inside, plan) = (Arc::clone(&theirs), Arc::clone(&plan));
                thread::spawn(move || while serve(&stream, speaks, &inside, &plan).is_some() {});
            }
        });
        let address = match speaks {
            Speaks::WebDav => format!("http://127.0.0.1:{port}/dav/kepu/"),
            Speaks::S3 => format!("s3://bucket/results?endpoint=http://127.0.0.1:{port}"),
        };
        Self { address, inside }
    }

    /// What lies under the place, by its name from there.
    pub(crate) fn objects(&self) -> BTreeMap<String, Vec<u8>> {
        let inside = self.inside.lock().unwrap();
        let objects = inside.objects.iter();
        objects
            .map(|(name, bytes)| {
                let name = name.strip_prefix("/dav/kepu/");
                let other = || objects_name(inside.objects.keys(), bytes, &inside.objects);
                (name.map_or_else(other, str::to_owned), bytes.clone())
            })
            .collect()
    }
}

fn objects_name<'a>(
    mut names: impl Iterator<Item = &'a String>,
    bytes: &[u8],
    objects: &BTreeMap<String, Vec<u8>>,
) -> String {
    let name = names
        .find(|name| std::ptr::eq(objects[*name].as_slice(), bytes))
        .unwrap();
    name.strip_prefix("/bucket/results/").unwrap().to_owned()
}

struct Request {
    method: String,
    path: String,
    query: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

/// Reads one request; `None` when the connection has ended.
fn read(stream: &TcpStream, most: impl FnOnce() -> Option<usize>) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split(' ');
    let method = words.next()?.to_owned();
    let target = words.next()?.to_owned();
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let length: usize = headers
        .get("content-length")
        .map_or(0, |length| length.parse().unwrap());
    if let Some(most) = most() {
        let mut some = vec![0; most.min(length)];
        reader.read_exact(&mut some).ok()?;
        return None;
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    // An S3 client writes what is in a name with per cent signs.
    let (path, query) = (
        path.replace("%3D", "="),
        query.replace("%3D", "=").replace("%2F", "/"),
    );
    Some(Request {
        method,
        path,
        query,
        headers,
        body,
    })
}

fn serve(
    stream: &TcpStream,
    speaks: Speaks,
    inside: &Mutex<Inside>,
    plan: &Mutex<Plan>,
) -> Option<()> {
    let mut fault = Fault::None;
    let request = read(stream, || {
        let number = {
            let mut inside = inside.lock().unwrap();
            inside.requests += 1;
            inside.requests - 1
        };
        fault = plan.lock().unwrap()(number);
        match fault {
            Fault::DropAfter(bytes) => Some(bytes),
            _ => None,
        }
    })?;
    let mut inside = inside.lock().unwrap();
    let given = request.headers.get("authorization");
    inside.authorization = given.cloned().unwrap_or_default();
    let seed = inside.requests;
    let is_get = request.method == "GET" && !request.query.contains("list-type");
    match fault {
        Fault::Status(status, after) => {
            let after = after.map_or(String::new(), |after| format!("Retry-After: {after}\r\n"));
            return answer(stream, status, &after, b"<html>secret page</html>");
        }
        Fault::Torso(status) if request.method == "PUT" => {
            let half = request.body[..request.body.len() / 2].to_vec();
            inside.objects.insert(request.path.clone(), half);
            return answer(stream, status, "ETag: \"x\"\r\n", b"");
        }
        Fault::WrongBytes if is_get => {
            let mut bytes = inside
                .objects
                .get(&request.path)
                .cloned()
                .unwrap_or_default();
            let at = seed % bytes.len().max(1);
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 0x55;
            }
            return answer(stream, 200, HEAD, &bytes);
        }
        Fault::Endless if is_get => {
            drop(inside);
            let mut stream = stream;
            write!(stream, "HTTP/1.1 200 OK\r\n{HEAD}Connection: close\r\n\r\n").ok()?;
            while stream.write_all(&[b'x'; 4096]).is_ok() {}
            return None;
        }
        Fault::Silent => {
            drop(inside);
            thread::sleep(Duration::from_secs(30));
            return None;
        }
        _ => {}
    }
    let (status, headers, body) = perform(speaks, &mut inside, &request, fault);
    drop(inside);
    if request.method == "HEAD" {
        let mut stream = stream;
        let length = body.len();
        let head = format!("HTTP/1.1 {status} Answer\r\n{headers}Content-Length: {length}\r\n\r\n");
        return stream.write_all(head.as_bytes()).ok();
    }
    if fault == Fault::LostAnswer {
        return None;
    }
    answer(stream, status, &headers, &body)
}

/// What S3 clients want to know of everything.
const HEAD: &str = "ETag: \"x\"\r\nLast-Modified: Fri, 13 Mar 2026 09:00:00 GMT\r\n";

fn answer(mut stream: &TcpStream, status: u16, headers: &str, body: &[u8]) -> Option<()> {
    let length = body.len();
    let moved = if status == 301 {
        "Location: http://elsewhere.invalid/\r\n"
    } else {
        ""
    };
    let head =
        format!("HTTP/1.1 {status} Answer\r\n{headers}{moved}Content-Length: {length}\r\n\r\n");
    stream.write_all(&[head.as_bytes(), body].concat()).ok()
}

fn perform(
    speaks: Speaks,
    inside: &mut Inside,
    request: &Request,
    fault: Fault,
) -> (u16, String, Vec<u8>) {
    let path = request.path.trim_end_matches('/').to_owned();
    let nothing = |status| (status, String::new(), Vec::new());
    let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
    let careless = fault == Fault::Unconditional;
    match request.method.as_str() {
        "PUT" => {
            let root = speaks == Speaks::S3 || parent == "/dav/kepu";
            if !root && !inside.folders.iter().any(|folder| folder == parent) {
                // As nginx says it; others say 409.
                return nothing(500);
            }
            let only_new = request.headers.contains_key("if-none-match");
            if only_new && !careless && inside.objects.contains_key(&path) {
                return nothing(412);
            }
            inside.objects.insert(path, request.body.clone());
            (201, HEAD.to_owned(), Vec::new())
        }
        "GET" if request.query.contains("list-type=2") => (
            200,
            String::new(),
            list_s3(inside, &request.query).into_bytes(),
        ),
        "GET" | "HEAD" => match (inside.objects.get(&path), part(request)) {
            (Some(bytes), Some(part)) if fault != Fault::NoParts => {
                let of = bytes.len();
                let (from, end) = (part.start.min(of), part.end.min(of));
                let range = format!("Content-Range: bytes {from}-{}/{of}\r\n", end.max(1) - 1);
                (206, HEAD.to_owned() + &range, bytes[from..end].to_vec())
            }
            (Some(bytes), _) => (200, HEAD.to_owned(), bytes.clone()),
            (None, _) => nothing(404),
        },
        "DELETE" => {
            inside.objects.remove(&path);
            nothing(204)
        }
        "MKCOL" if inside.folders.contains(&path) => nothing(405),
        "MKCOL" => {
            inside.folders.push(path);
            nothing(201)
        }
        "COPY" => {
            let to = &request.headers["destination"];
            let to = to[to.find("/dav").unwrap()..].replace("%3D", "=");
            let keeps = request
                .headers
                .get("overwrite")
                .is_some_and(|may| may == "F");
            if keeps && !careless && inside.objects.contains_key(&to) {
                return nothing(412);
            }
            match inside.objects.get(&path).cloned() {
                Some(bytes) => {
                    inside.objects.insert(to, bytes);
                    nothing(201)
                }
                None => nothing(404),
            }
        }
        "PROPFIND" => (207, String::new(), list_dav(inside, &path).into_bytes()),
        _ => nothing(405),
    }
}

/// The part of a file that is asked for.
fn part(request: &Request) -> Option<Range<usize>> {
    let range = request.headers.get("range")?.strip_prefix("bytes=")?;
    let (first, last) = range.split_once('-')?;
    Some(first.parse().ok()?..last.parse::<usize>().ok()? + 1)
}

fn list_dav(inside: &Inside, path: &str) -> String {
    let entry = |href: &str, kind: &str| {
        format!(
            "<D:response><D:href>{href}</D:href><D:propstat><D:prop>{kind}\
             <D:getlastmodified>Fri, 13 Mar 2026 09:00:00 GMT</D:getlastmodified></D:prop>\
             <D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"
        )
    };
    let folder = "<D:resourcetype><D:collection/></D:resourcetype>";
    let mut entries = entry(&format!("{path}/"), folder);
    for own in inside.folders.iter().filter(|own| is_in(own, path)) {
        entries += &entry(&format!("{own}/"), folder);
    }
    for (own, bytes) in inside.objects.iter().filter(|(own, _)| is_in(own, path)) {
        let size = bytes.len();
        let kind = format!("<D:resourcetype/><D:getcontentlength>{size}</D:getcontentlength>");
        entries += &entry(own, &kind);
    }
    format!("<?xml version=\"1.0\"?><D:multistatus xmlns:D=\"DAV:\">{entries}</D:multistatus>")
}

fn is_in(own: &str, path: &str) -> bool {
    own.strip_prefix(path)
        .and_then(|rest| rest.strip_prefix('/'))
        .is_some_and(|rest| !rest.contains('/'))
}

fn list_s3(inside: &Inside, query: &str) -> String {
    let parameter = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name));
    let prefix = parameter("prefix=").unwrap_or_default().to_owned();
    let mut folders = Vec::new();
    let mut entries = String::new();
    for (path, bytes) in &inside.objects {
        let key = path.strip_prefix("/bucket/").unwrap();
        let Some(rest) = key.strip_prefix(&prefix) else {
            continue;
        };
        match rest.split_once('/') {
            Some((folder, _)) => folders.push(format!("{prefix}{folder}/")),
            None => {
                entries += &format!(
                    "<Contents><Key>{key}</Key><LastModified>2026-03-13T09:00:00.000Z</LastModified>\
                     <ETag>x</ETag><Size>{}</Size></Contents>",
                    bytes.len()
                );
            }
        }
    }
    folders.dedup();
    for folder in folders {
        entries += &format!("<CommonPrefixes><Prefix>{folder}</Prefix></CommonPrefixes>");
    }
    format!("<ListBucketResult><IsTruncated>false</IsTruncated>{entries}</ListBucketResult>")
}
