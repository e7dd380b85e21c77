//! Languages, by their BCP 47 tags.

use oxilangtag::LanguageTag;

use super::country;
use super::scalar_error::ScalarError;

/// ISO 639-1, in order, two letters each. Kanuri (`kr`) is left out, because whoever writes it means Korean.
const CODES: &[u8] = b"aaabaeafakamanarasavayazbabebgbhbibmbnbobrbscacechcocrcscucvcydadedvdzeeeleneoeseteufafffifj\
fofrfygagdglgngugvhahehihohrhthuhyhziaidieigiiikioisitiujajvkakgkikjkkklkmknkokskukvkwkylalblglilnloltlulvmgmhmimkml\
mnmrmsmtmynanbndnengnlnnnonrnvnyocojomorospapiplpsptqurmrnrorurwsascsdsesgshsiskslsmsnsosqsrssstsusvswtatetgthtitktl\
tntotrtstttwtyugukuruzvevivowawoxhyiyozazhzu";

/// ISO 639-3 without the languages that have a code of two letters, in order, three letters each, a line for each first
/// letter.
const THREE_LETTERS: &str = include_str!("iso_639_3.txt");

/// Groups of languages, ISO 639-5.
const GROUPS: &str = "aav afa alg alv apa aqa aql art ath auf aus awd azc bad bai bat ber bih bnt btk cai cau cba ccn ccs cdc cdd cel \
cmc cpe cpf cpp crp csu cus day dmn dra egx esx euq fiu fox gem gme gmq gmw grk hmx hok hyx iir ijo inc ine ira \
iro itc jpx kar kdo khi kro map mkh mno mun myn nah nai ngf nic nub omq omv oto paa phi plf poz pqe pqw pra qwe \
roa sai sal sdv sem sgn sio sit sla smi son sqj ssa syd tai tbq trk tup tut tuw urj wak wen xgn xnd ype zhx zle \
zls zlw znd";

/// The codes of three letters, ISO 639-2, of languages that have one of two, which is the one that tags take.
const LONG: &str = "aar=aa abk=ab afr=af aka=ak alb=sq amh=am ara=ar arg=an arm=hy asm=as ava=av ave=ae aym=ay aze=az bak=ba bam=bm \
baq=eu bel=be ben=bn bis=bi bod=bo bos=bs bre=br bul=bg bur=my cat=ca ces=cs cha=ch che=ce chi=zh chu=cu chv=cv \
cor=kw cos=co cre=cr cym=cy cze=cs dan=da deu=de div=dv dut=nl dzo=dz ell=el eng=en epo=eo est=et eus=eu ewe=ee \
fao=fo fas=fa fij=fj fin=fi fra=fr fre=fr fry=fy ful=ff geo=ka ger=de gla=gd gle=ga glg=gl glv=gv gre=el grn=gn \
guj=gu hat=ht hau=ha hbs=sh heb=he her=hz hin=hi hmo=ho hrv=hr hun=hu hye=hy ibo=ig ice=is ido=io iii=ii iku=iu \
ile=ie ina=ia ind=id ipk=ik isl=is ita=it jav=jv jpn=ja kal=kl kan=kn kas=ks kat=ka kau=kr kaz=kk khm=km kik=ki \
kin=rw kir=ky kom=kv kon=kg kor=ko kua=kj kur=ku lao=lo lat=la lav=lv lim=li lin=ln lit=lt ltz=lb lub=lu lug=lg \
mac=mk mah=mh mal=ml mao=mi mar=mr may=ms mkd=mk mlg=mg mlt=mt mon=mn mri=mi msa=ms mya=my nau=na nav=nv nbl=nr \
nde=nd ndo=ng nep=ne nld=nl nno=nn nob=nb nor=no nya=ny oci=oc oji=oj ori=or orm=om oss=os pan=pa per=fa pli=pi \
pol=pl por=pt pus=ps que=qu roh=rm ron=ro rum=ro run=rn rus=ru sag=sg san=sa sin=si slk=sk slo=sk slv=sl sme=se \
smo=sm sna=sn snd=sd som=so sot=st spa=es sqi=sq srd=sc srp=sr ssw=ss sun=su swa=sw swe=sv tah=ty tam=ta tat=tt \
tel=te tgk=tg tgl=tl tha=th tib=bo tir=ti ton=to tsn=tn tso=ts tuk=tk tur=tr twi=tw uig=ug ukr=uk urd=ur uzb=uz \
ven=ve vie=vi vol=vo wel=cy wln=wa wol=wo xho=xh yid=yi yor=yo zha=za zho=zh zul=zu";

pub(super) fn is_language(raw: &str) -> bool {
    let Ok(tag) = LanguageTag::parse_and_normalize(raw) else { return false };
    let region = tag.region().is_none_or(|region| region.len() == 3 || country::is_country(region));
    tag.as_str() == raw && region && is_known(tag.primary_language()) && !is_grandfathered(&tag)
}

/// All codes of two letters.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    CODES.chunks(2).filter_map(|code| std::str::from_utf8(code).ok())
}

fn is_known(code: &str) -> bool {
    match code.len() {
        2 => CODES.chunks(2).any(|known| known == code.as_bytes()),
        3 => is_known_group(code) || is_listed(code) || ("qaa"..="qtz").contains(&code),
        _ => false,
    }
}

fn is_known_group(code: &str) -> bool {
    GROUPS.split(' ').any(|known| known == code)
}

fn is_listed(code: &str) -> bool {
    let line = THREE_LETTERS.lines().find(|line| line.starts_with(&code[..1])).unwrap_or_default();
    let (codes, _) = line.as_bytes().as_chunks::<3>();
    codes.binary_search_by(|known| known[..].cmp(code.as_bytes())).is_ok()
}

/// Tags older than the rules for their parts, such as `en-GB-oed`, which the parser takes as they are.
fn is_grandfathered(tag: &LanguageTag<String>) -> bool {
    matches!(tag.as_str(), "en-GB-oed" | "sgn-BE-FR" | "sgn-BE-NL" | "sgn-CH-DE")
}

/// Whether all of `inner` is in `outer`: `de` contains `de-AT`.
pub fn language_contains(outer: &str, inner: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// Names of languages in English, in lower case, and their codes.
const NAMES: [(&str, &str); 48] = [
    ("arabic", "ar"),
    ("bengali", "bn"),
    ("bulgarian", "bg"),
    ("chinese", "zh"),
    ("croatian", "hr"),
    ("czech", "cs"),
    ("danish", "da"),
    ("dutch", "nl"),
    ("english", "en"),
    ("estonian", "et"),
    ("farsi", "fa"),
    ("finnish", "fi"),
    ("french", "fr"),
    ("german", "de"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("hindi", "hi"),
    ("hungarian", "hu"),
    ("icelandic", "is"),
    ("indonesian", "id"),
    ("irish", "ga"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("latvian", "lv"),
    ("lithuanian", "lt"),
    ("malay", "ms"),
    ("maltese", "mt"),
    ("mandarin", "zh"),
    ("norwegian", "no"),
    ("persian", "fa"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("romanian", "ro"),
    ("russian", "ru"),
    ("serbian", "sr"),
    ("slovak", "sk"),
    ("slovene", "sl"),
    ("slovenian", "sl"),
    ("spanish", "es"),
    ("swahili", "sw"),
    ("swedish", "sv"),
    ("tamil", "ta"),
    ("thai", "th"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
    ("urdu", "ur"),
    ("vietnamese", "vi"),
];

pub(super) fn explain(raw: &str) -> ScalarError {
    let lower = raw.to_lowercase();
    if lower == "kr" {
        return ScalarError::new("`kr` is Kanuri, and Korean is `ko`").perhaps("ko").perhaps("knc");
    }
    let scalar_error = ScalarError::not_a(raw, "a language");
    if let Some((_, code)) = NAMES.iter().find(|(name, _)| *name == lower) {
        return scalar_error.certainly(*code);
    }
    // Codes of countries, written for the language spoken there.
    let spoken = match lower.as_str() {
        "jp" => Some("ja"),
        "cn" => Some("zh"),
        "cz" => Some("cs"),
        "dk" => Some("da"),
        "gr" => Some("el"),
        "ua" => Some("uk"),
        "us" | "gb" => Some("en"),
        _ => None,
    };
    if let Some(code) = spoken {
        return scalar_error.perhaps(code);
    }
    let dashed = lower.replace('_', "-");
    let (first, rest) = dashed.split_once('-').map_or((&*dashed, ""), |(first, _)| (first, &dashed[first.len()..]));
    let short = LONG.split(' ').filter_map(|pair| pair.split_once('=')).find(|(long, _)| *long == first);
    let tag = format!("{}{}", short.map_or(first, |(_, short)| short), rest.replace("-uk", "-gb"));
    let due = LanguageTag::parse_and_normalize(&tag).map_or(tag, LanguageTag::into_inner);
    match is_language(&due) {
        true => scalar_error.certainly(due),
        false => scalar_error.advise("write a tag of BCP 47, such as `en`, `pt-BR` or `zh-Hant`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_contains_its_kinds() {
        assert!(
            language_contains("de", "de-AT") && language_contains("de", "de") && language_contains("zh", "zh-Hant-TW")
        );
        assert!(!language_contains("de-AT", "de") && !language_contains("de", "den"));
        let codes: Vec<_> = CODES.chunks(2).collect();
        assert!(codes.is_sorted());
        assert!(NAMES.iter().all(|(_, code)| is_language(code)));
    }

    #[test]
    fn tags_are_those_of_bcp_47() {
        for raw in [
            "de-1996",
            "en-GB-oxendict",
            "sl-rozaj-biske",
            "zh-yue",
            "yue-Hant-HK",
            "es-419",
            "de-CH-x-phonebk",
            "ar-u-nu-latn",
            "nan",
            "ber",
            "qab",
            "ce",
        ] {
            assert!(is_language(raw), "{raw}");
        }
        for raw in [
            "zzz",
            "kr",
            "eng",
            "de-XX",
            "en-UK",
            "en-us",
            "x-klingon",
            "i-klingon",
            "en-GB-oed",
            "de-",
            "deutsch",
            "d",
            "",
        ] {
            assert!(!is_language(raw), "{raw}");
        }
    }

    /// ISO 639 as the `isolang` crate has it.
    #[test]
    fn codes_are_those_of_the_standard() {
        let (mut two, mut three): (Vec<&str>, Vec<&str>) = (vec!["bh"], Vec::new());
        for language in isolang::languages() {
            match language.to_639_1() {
                Some(code) => {
                    two.extend((code != "kr").then_some(code));
                    let pair = format!("{}={code}", language.to_639_3());
                    assert!(LONG.split(' ').any(|known| known == pair), "{pair}");
                }
                None => three.push(language.to_639_3()),
            }
        }
        two.sort_unstable();
        assert_eq!(all().collect::<Vec<_>>(), two);
        assert!(three.iter().all(|code| is_listed(code)));
        assert_eq!(THREE_LETTERS.lines().map(str::len).sum::<usize>(), three.len() * 3);
        assert!(GROUPS.split(' ').all(|group| group.len() == 3 && !three.contains(&group)));
    }
}
