using System.Globalization;

namespace Plenaria.Platform.Places;

/// <summary>
/// Names of countries beside those of CLDR: those of the United Nations and of ISO 3166, everyday names, and former
/// ones.
/// Compared by <see cref="KeyOf"/>, so that articles, joining words and punctuation do not matter.
/// </summary>
internal static class CountryNames
{
    /// <summary>Other names in the five languages, by code. A list of facts, without licence of its own.</summary>
    private static readonly (string Code, string Names)[] Usual =
    [
        ("AE", "UAE|EAU|Emirats Arabes Unis"),
        ("AR", "Argentine Republic"),
        ("AS", "Samoa Estadounidense"),
        ("AX", "Ilhas Alanda"),
        ("BA", "Bosnia|Bosnie"),
        ("BD", "Bangladeche|Bangla Desh"),
        ("BH", "Barém|Barein"),
        ("BJ", "Benim"),
        ("BN", "Brunei (Negara Brunei Darussalam)|Brunei Darussalam|Brunéi Darussalam"),
        ("BO", "Bolivia, Plurinational State of|Estado Plurinacional de Bolivia|État plurinational de Bolivie"),
        (
            "BQ",
            "Bonaire, Sint Eustatius and Saba|Islas BES (Caribe Neerlandés)|Bonaire, Saint-Eustache et Saba"
                + "|Bonaire, Santo Eustáquio e Saba"
        ),
        ("BY", "Bielorússia|Byelorussia|Bielorrusia|Biélorussie|Bielorrússia"),
        (
            "CD",
            "Democratic Republic of the Congo|DR Congo|DRC|RDC|Congo DR|Congo Kinshasa"
                + "|Congo, The Democratic Republic of the|République démocratique du Congo|RD Congo"
                + "|República Democrática del Congo|República Democrática do Congo|República Democràtica del Congo"
                + "|Congo, República Democrática del|Congo (la République démocratique du)"
                + "|Congo, Democratic Republic of|Congo (Rep. Dem.)"
        ),
        ("CF", "CAR|RCA|Rep. Centroafricana|Centrafrique"),
        (
            "CG",
            "Congo|Republic of the Congo|Congo Brazzaville|République du Congo|República del Congo"
                + "|República do Congo|Congo, Republic of the"
        ),
        ("CH", "Swiss Confederation|Confédération suisse|Confederación Suiza|Confederació Suïssa|Confederação Suíça"),
        ("CI", "Costa de Vori|Ivory Coast|Côte d’Ivoire|Costa de Marfil|Costa do Marfim|Costa d’Ivori"),
        (
            "CN",
            "People’s Republic of China|República Popular China|République populaire de Chine"
                + "|República Popular da China|República Popular de la Xina|PRC|Mainland China"
        ),
        ("CV", "Cape Verde|Cabo Verde|Cap-Vert|Cap Verd"),
        ("CX", "Île Christmas|Ilha Natal"),
        ("CZ", "Czech Republic|República Checa|République tchèque|República Txeca|República Tcheca|Chequia|Txèquia"),
        (
            "EH",
            "Western Sahara|Sahrawi Arab Democratic Republic|Sahara Occidental"
                + "|República Árabe Saharaui Democrática"
        ),
        ("ES", "Estat espanyol|Estado español|État espagnol|Spanish State"),
        (
            "FK",
            "Islas Falkland (Malvinas)|Îles Malouines (Falkland)|Illes Malvines (Falkland)"
                + "|Falkland Islands (Malvinas)|Malvinas|Islas Malvinas|Illes Malvines|Malouines|Ilhas Malvinas"
        ),
        ("FM", "Federated States of Micronesia|Micronesia, Federated States of|Micronésie (États fédérés de)"),
        ("FR", "French Republic|République française"),
        ("GA", "Gabonese Republic"),
        (
            "GB",
            "U.K.|UK|United Kingdom of Great Britain and Northern Ireland|Great Britain|Britain|Gran Bretaña"
                + "|Grande-Bretagne|Gran Bretanya|Grã-Bretanha|England|Scotland|Wales|Northern Ireland|Inglaterra"
                + "|Escocia|Gales|Irlanda del Norte|Angleterre|Écosse|Pays de Galles|Irlande du Nord|Anglaterra|Escòcia"
                + "|Gal·les|Irlanda del Nord|Escócia|País de Gales|Irlanda do Norte"
                + "|Reino Unido de Gran Bretaña e Irlanda del Norte|Royaume-Uni de Grande-Bretagne et d’Irlande du Nord"
                + "|RU"
        ),
        ("GL", "Gronelândia"),
        ("GM", "The Gambia|Gambia (Republic of the)"),
        ("GR", "EL|Hellenic Republic|Hellas"),
        ("GS", "Islas Georgias del Sur y Sándwich del Sur"),
        ("GW", "Guinea Bissau|Guinée Bissau|Guiné Bissau"),
        ("HK", "Hong Kong|Hong Kong (China)|Hongkong"),
        ("HM", "Heard Island and McDonald Islands"),
        ("IE", "Republic of Ireland|Éire|República de Irlanda"),
        ("IR", "Irão|Iran, Islamic Republic of|República Islámica del Irán|République islamique d’Iran"),
        ("IT", "Italian Republic"),
        ("KG", "Kirghizistan|Kirguizistan"),
        ("KN", "Saint Christopher i Nevis"),
        (
            "KP",
            "Democratic People’s Republic of Korea|Korea (Democratic People’s Republic of)|DPRK|RPDC|North Korea"
                + "|República Popular Democrática de Corea|République populaire démocratique de Corée"
                + "|República Popular Democràtica de Corea|República Popular Democrática da Coreia|Korea, North"
        ),
        (
            "KR",
            "Republic of Korea|Korea (Republic of)|Korea, Republic of|ROK|República de Corea|République de Corée"
                + "|República da Coreia|Korea, South"
        ),
        ("KY", "Ilhas Caimão"),
        (
            "LA",
            "Lao People’s Democratic Republic|Lao PDR|Lao|República Democrática Popular Lao"
                + "|République démocratique populaire lao"
        ),
        ("LK", "Democratic Socialist Republic of Sri Lanka"),
        ("MD", "Republic of Moldova|Moldova (Republic of)|Moldavia|Moldavie|Moldávia"),
        (
            "MF",
            "Saint Martin (French part)|San Martín (zona francesa)|Saint-Martin (partie française)"
                + "|São Martin (Território Francês)|Saint Martin (part francesa)"
        ),
        ("MK", "Republic of North Macedonia|Macedònia del Nord"),
        ("MM", "Myanmar|Birmània|Birmania|Birmanie|Birmânia|Mianmar|República de la Unión de Myanmar"),
        ("MO", "Macao|Macau|Macao (China)"),
        ("MS", "Monserrate"),
        ("MU", "Maurícia"),
        ("MX", "Estados Unidos Mexicanos|United Mexican States|Méjico"),
        ("NL", "The Netherlands|Holland|Holanda|Hollande|Kingdom of the Netherlands|Netherlands (Kingdom of the)"),
        ("NU", "Nioue"),
        ("PN", "Pitcairn"),
        (
            "PS",
            "Palestine|Palestina|State of Palestine|Estado de Palestina|État de Palestine|Estat de Palestina"
                + "|Palestine, State of|Palestinian Territory|Palestinian Territory, Occupied"
                + "|Occupied Palestinian Territory|Territorio Palestino Ocupado|Palestinian Authority"
                + "|Territoires palestiniens occupés"
        ),
        ("PT", "Portuguese Republic|República Portuguesa"),
        (
            "RU",
            "Federación Rusa|Russian Federation|Federación de Rusia|Fédération de Russie|Federació de Rússia"
                + "|Federação Russa|Federação da Rússia|Federació Russa"
        ),
        (
            "SH",
            "Santa Helena, Ascensão e Tristão da Cunha|Saint Helena, Ascension and Tristan da Cunha"
                + "|Santa Elena, Ascensión y Tristán de Acuña|Sainte-Hélène, Ascension et Tristan da Cunha"
        ),
        ("SK", "Slovak Republic|República Eslovaca|République slovaque"),
        ("ST", "São Tomé|Sao Tome and Principe"),
        (
            "SX",
            "Isla de San Martín (zona holandesa)|São Martinho (Países Baixos)|Sint Maarten (part neerlandesa)"
                + "|Sint Maarten (Dutch part)|Saint-Martin (partie néerlandaise)"
        ),
        (
            "SY",
            "Syrian Arab Republic|Syria|República Árabe Siria|République arabe syrienne|República Àrab Siriana"
                + "|República Árabe Síria"
        ),
        ("SZ", "Eswatini|Esuatini|Suazilàndia"),
        ("TF", "Territorios Franceses del Sur|Territoris Francesos del Sud"),
        ("TJ", "Tajiquistão"),
        ("TL", "East Timor|Timor-Leste|Timor Oriental|Timor Leste"),
        ("TM", "Turquemenistão"),
        ("TR", "Turkey|Türkiye|Turquía|Turquie|Turquia|Republic of Türkiye"),
        ("TT", "Trindade e Tobago"),
        (
            "TW",
            "Taiwán, Provincia de China|Taïwan, province de Chine|Taiwan, Província da China"
                + "|Taiwan, Província de Xina|Taiwan, Province of China|Taiwan (Republic of China)|Republic of China"
                + "|Chinese Taipei|Formosa"
        ),
        (
            "TZ",
            "United Republic of Tanzania|Tanzania, United Republic of|República Unida de Tanzania"
                + "|République-Unie de Tanzanie"
        ),
        (
            "UM",
            "Islas Ultramarinas Menores de Estados Unidos|Ilhas Menores Distantes dos Estados Unidos"
                + "|United States Minor Outlying Islands"
        ),
        (
            "US",
            "U.S.|USA|U.S.A.|US of America|United States of America|Estados Unidos de América"
                + "|États-Unis d’Amérique|Estats Units d’Amèrica|EE. UU.|EEUU|EUA|Estados Unidos da América|États Unis"
                + "|Estats Units|United States (of America)"
        ),
        ("UY", "República Oriental del Uruguay"),
        (
            "VA",
            "Santa Sede (Ciudad Estado del Vaticano)|Saint-Siège (état de la cité du Vatican)"
                + "|Santa Sé (Estado da Cidade do Vaticano)|Santa Seu (Estat del Vaticà)|Holy See|Santa Sede"
                + "|Saint-Siège|Santa Seu|Santa Sé|Holy See (Vatican City State)|Vatican"
        ),
        ("VC", "Saint Vincent and the Grenadines|St Vincent"),
        (
            "VE",
            "Venezuela, Bolivarian Republic of|República Bolivariana de Venezuela"
                + "|République bolivarienne du Venezuela"
        ),
        ("VG", "Virgin Islands (British)|British Virgin Islands"),
        (
            "VI",
            "Islas Vírgenes de EEUU|Ilhas Virgens, Estados Unidos|Illes Verges, EUA|Virgin Islands (U.S.)"
                + "|US Virgin Islands|United States Virgin Islands"
        ),
        ("VN", "Vietname|Viet Nam|Viêt Nam|Socialist Republic of Viet Nam"),
        ("ZA", "Sud-àfrica"),
        ("XK", "Kosovo (UNSCR 1244)"),
    ];

    /// <summary>
    /// Names of states that are called otherwise now, or became several, with the ISO 3166-3 code where there is
    /// one.
    /// </summary>
    private static readonly (string Codes, string Names)[] Former =
    [
        ("BF", "Upper Volta|Haute-Volta|Alto Volta|Alt Volta|HVO"),
        ("BJ", "Dahomey|Dahomé|DHY"),
        ("CD", "Zaire|Zaïre|Belgian Congo|ZAR"),
        ("IR", "Persia|Perse|Pèrsia|Pérsia"),
        ("KH", "Kampuchea|Democratic Kampuchea"),
        ("LK", "Ceylon|Ceilán|Ceylan|Ceilan|Ceilão"),
        (
            "MK",
            "Macedonia|Macédoine|Macedònia|Macedónia|FYROM|The former Yugoslav Republic of Macedonia"
                + "|Macedonia, the former Yugoslav Republic of|Republic of Macedonia"
        ),
        ("MM", "Burma|BUR"),
        ("SZ", "Swaziland|Suazilandia|Suazilândia|Swazilàndia"),
        ("TH", "Siam|Sião"),
        ("ZW", "Rhodesia|Southern Rhodesia|Rodesia|Rhodésie|Rodésia|Rodèsia|RHO"),
        (
            "DE",
            "East Germany|West Germany|German Democratic Republic|GDR|DDR|RDA|Alemania Oriental"
                + "|Alemania Occidental|República Democrática Alemana|Allemagne de l’Est|Allemagne de l’Ouest"
                + "|République démocratique allemande|Alemanya Oriental|Alemanya Occidental"
                + "|República Democràtica Alemanya|Alemanha Oriental|Alemanha Ocidental|República Democrática Alemã"
        ),
        ("CZ SK", "Czechoslovakia|Checoslovaquia|Tchécoslovaquie|Txecoslovàquia|Checoslováquia|Tchecoslováquia|CSK"),
        (
            "RS ME",
            "Serbia and Montenegro|Serbia y Montenegro|Serbie-et-Monténégro|Sèrbia i Montenegro"
                + "|Sérvia e Montenegro|SCG"
        ),
        (
            "BA HR ME MK RS SI XK",
            "Yugoslavia|Yougoslavie|Iugoslàvia|Jugoslávia|Iugoslávia|YUG" + "|Socialist Federal Republic of Yugoslavia"
        ),
        (
            "AM AZ BY EE GE KG KZ LT LV MD RU TJ TM UA UZ",
            "Soviet Union|USSR|URSS|Unión Soviética"
                + "|Union soviétique|Unió Soviètica|União Soviética|SUN"
                + "|Union of Soviet Socialist Republics"
        ),
        (
            "BQ CW SX",
            "Netherlands Antilles|Antillas Neerlandesas|Antilles néerlandaises|Antilles Neerlandeses"
                + "|Antilhas Holandesas|ANT"
        ),
        ("YE", "South Yemen|North Yemen|Democratic Yemen"),
    ];

    // Words that join others, and the forms of a state: "Kingdom of Spain" is Spain.
    private static readonly HashSet<string> Joining =
    [
        "the",
        "of",
        "and",
        "la",
        "le",
        "les",
        "l",
        "el",
        "els",
        "los",
        "las",
        "o",
        "os",
        "as",
        "de",
        "del",
        "dels",
        "des",
        "du",
        "d",
        "da",
        "do",
        "das",
        "dos",
        "y",
        "i",
        "et",
        "e",
    ];

    private static readonly HashSet<string> Forms =
    [
        "republic",
        "republica",
        "republique",
        "kingdom",
        "reino",
        "royaume",
        "regne",
        "state",
        "estado",
        "estat",
        "etat",
        "islamic",
        "islamica",
        "islamique",
        "federal",
        "federale",
        "federative",
        "federativa",
        "democratic",
        "democratica",
        "democratique",
        "people",
        "s",
        "popular",
        "populaire",
        "socialist",
        "socialista",
        "arab",
        "arabe",
        "arabiga",
        "commonwealth",
        "principality",
        "principado",
        "principaute",
        "principat",
        "plurinational",
        "plurinacional",
        "bolivarian",
        "bolivariana",
        "bolivarienne",
        "united",
        "unida",
        "unie",
        "federated",
        "federados",
        "federats",
        "federes",
        "states",
        "estados",
        "estats",
        "etats",
        "island",
        "islands",
        "isla",
        "islas",
        "ile",
        "iles",
        "illa",
        "illes",
        "ilha",
        "ilhas",
        "grand",
        "gran",
        "grao",
        "duchy",
        "ducado",
        "ducat",
        "duche",
        "sultanate",
        "sultanato",
        "sultanat",
        "independent",
        "hashemite",
        "rep",
    ];

    // Two states share these words: without the form of the state nobody knows which is meant.
    private static readonly HashSet<string> Ambiguous =
    [
        "congo",
        "korea",
        "corea",
        "coree",
        "coreia",
        "china",
        "chine",
        "xina",
        "virgin",
        "virgenes",
        "vierges",
        "verges",
        "virgens",
        "",
    ];

    private static readonly Lazy<Dictionary<string, string>> Codes = new(ReadCodes);

    // Names without the form of the state, where they are one country's only.
    private static readonly Lazy<Dictionary<string, string>> BareCodes = new(() =>
        Codes
            .Value.Select(c => (Key: BareOf(c.Key), Code: c.Value))
            .Distinct()
            .GroupBy(c => c.Key)
            .Where(g => g.Count() == 1 && !Ambiguous.Contains(g.Key))
            .ToDictionary(g => g.Key, g => g.Single().Code)
    );
    private static readonly Lazy<Dictionary<string, string[]>> FormerCodes = new(() =>
        Former
            .SelectMany(f => f.Names.Split('|').Select(n => (Key: KeyOf(n), Codes: f.Codes.Split(' '))))
            .DistinctBy(f => f.Key)
            .ToDictionary(f => f.Key, f => f.Codes)
    );

    /// <summary>
    /// The code of the country that bears, or bore, this name; null when none does, or several came of it.
    /// </summary>
    public static string? Find(string name)
    {
        var key = KeyOf(name);
        if (Codes.Value.TryGetValue(key, out var code))
            return code;
        return FormerCodes.Value.ContainsKey(key) ? null : BareCodes.Value.GetValueOrDefault(BareOf(key));
    }

    /// <summary>What a former state is now; null when this is the name of none.</summary>
    public static IReadOnlyList<string>? FindFormer(string name) => FormerCodes.Value.GetValueOrDefault(KeyOf(name));

    private static Dictionary<string, string> ReadCodes()
    {
        var codes = new Dictionary<string, string>();
        foreach (var code in Countries.All)
        foreach (var language in Kernel.Language.All)
            codes.TryAdd(KeyOf(Countries.NameOf(code, language)), code);
        foreach (var (code, names) in Usual)
        foreach (var name in names.Split('|'))
            codes.TryAdd(KeyOf(name), code);
        // One state under another name is that state; what became several is none of them.
        foreach (var (key, successors) in FormerCodes.Value)
            if (successors is [var only] && only is not ("DE" or "YE"))
                codes.TryAdd(key, only);
        // Last: no code of three letters hides a name.
        foreach (var code in Countries.All)
            codes.TryAdd(new RegionInfo($"en-{code}").ThreeLetterISORegionName.ToLowerInvariant(), code);
        return codes;
    }

    // Lists put the form of the state behind the name: the order of the words says nothing.
    private static string KeyOf(string name)
    {
        var words = Folding
            .Fold(name)
            .Split(' ')
            .Select(w => w is "saint" or "sainte" or "sao" or "sant" ? "st" : w)
            .ToList();
        var left = words.Where(w => !Joining.Contains(w)).ToList();
        return string.Join(' ', (left.Count > 0 ? left : words).Order(StringComparer.Ordinal));
    }

    private static string BareOf(string key) => string.Join(' ', key.Split(' ').Where(w => !Forms.Contains(w)));
}
