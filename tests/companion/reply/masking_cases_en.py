"""English examples for the mask. What must be hidden stands in ⟦ ⟧; everything else must stay.

All persons, numbers and places are made up.
"""

from __future__ import annotations

HIDDEN = """
my name is ⟦jake⟧ and i can't sleep
My name is ⟦Emily Carter⟧.
my name's ⟦Priya⟧
hi, I'm ⟦Jake⟧.
I'm ⟦Hannah⟧, 19
I am ⟦Marcus Lee⟧ and I need to talk
this is ⟦Zoe⟧.
you can call me ⟦Sam⟧
everyone calls me ⟦Nikki⟧
i go by ⟦Ash⟧
my name is ⟦Li Wei⟧
my real name is ⟦Anastasia⟧
i'm ⟦jake⟧ btw
my roommate ⟦Jess⟧ keeps using my stuff
my roommate ⟦jess⟧ keeps using my stuff
my boyfriend ⟦Tyler⟧ left
my ex, ⟦Tyler⟧, texted me
my best friend ⟦Aaliyah⟧ won't answer
my bf ⟦Jordan⟧ is moving
my friend ⟦Will⟧ left
my cousin ⟦Fatima⟧ is getting married
my girlfriend's name is ⟦Chloe⟧
a guy named ⟦tyler⟧ keeps following me
a girl called ⟦Saoirse⟧ in my class
some guy named ⟦Deshawn⟧
my coworker ⟦Bianca⟧ took the credit
my dad, ⟦Robert⟧, drinks
dr. ⟦nguyen⟧ put me on meds
im at ⟦uni of leeds⟧
i go to ⟦ucla⟧
⟦kyle⟧ broke up with me
my brother ⟦Michael⟧'s car
my little sister ⟦Maya⟧ got the room
⟦Jessica⟧ told me to go
i told ⟦jessica⟧ everything
so ⟦Brandon⟧ and i broke up
I think ⟦Sarah Miller⟧ hates me
Mr. ⟦Hall⟧ failed me
mr ⟦hall⟧ failed me
Mrs ⟦Okafor⟧ was kind
Dr. ⟦Patel⟧ said to rest
Professor ⟦Lindqvist⟧ laughed at my draft
Coach ⟦Rivera⟧ benched me
Uncle ⟦Ben⟧ hit me
my uncle ⟦Ben⟧ hit me
Ms. ⟦Thornton⟧ called home
my supervisor ⟦Graham⟧ yelled
Thanks, ⟦Natalie⟧
- ⟦Olivia⟧
I go to ⟦Lincoln High School⟧
i go to ⟦lincoln high school⟧
I'm at the ⟦University of Michigan⟧
the ⟦university of toronto⟧ rejected me
I study at ⟦Northgate College⟧
I got into ⟦Harvard⟧ and I want to quit
i'm at ⟦UCLA⟧ and nobody knows me
she transferred from ⟦MIT⟧
I went to ⟦St. Mary's Academy⟧
⟦Riverside Community College⟧ is fine
I'm in ⟦Ohio State University⟧
he goes to ⟦Westfield Middle School⟧
I live at ⟦42 Maple Street, Apt 3⟧
i live at ⟦42 maple street⟧
we moved to ⟦1180 N. Oak Ave⟧
come to ⟦7 Heath Drive⟧
I'm in ⟦Flat 12⟧ alone
i'm in ⟦room 302⟧ crying
my postcode is ⟦SW1A 1AA⟧
It's in ⟦Springfield, IL 62704⟧
call me at ⟦(415) 555-0123⟧
call me ⟦415-555-0123⟧
text me ⟦4155550123⟧
my number is ⟦555-0123⟧
my number is ⟦+44 7700 900123⟧
ring ⟦07700 900123⟧
it's ⟦+1 415 555 0123⟧
my cell: ⟦415.555.0123⟧
email ⟦jake.b@example.com⟧
see ⟦www.example.com/x⟧.
he posted it on ⟦https://example.com/p/1⟧
my insta is ⟦lonely_moon22⟧
snap: ⟦moonboy.99⟧
my discord is ⟦nightowl#1234⟧
add ⟦@lonely_moon⟧
my wechat id: ⟦moonlight⟧
ssn ⟦078-05-1120⟧
student id ⟦20231234⟧
my student number is ⟦s1234567⟧
passport number ⟦X12345678⟧
card ⟦4111 1111 1111 1111⟧
""".strip().split("\n")

PLAIN = """
i'm so tired
I'm Sad.
I'm Lost.
I'm Chinese.
I'm Muslim and nobody here is
I'm Done with this
I'm OK
I'm A failure
I am Not fine
my boyfriend called me stupid
my boyfriend called last night
she called the police
he called Me fat
call me back
call me crazy
you can call me anytime
they call me names
my name is on the list
my name is mud
my name is not important
her name is all i hear
my friend and I
my friends hate me
my friend I guess
my mom said no
My Mom called
My Dad left
my roommate Never cleans
my ex texted
my ex, I mean
my boss On Monday
my teacher says i'm lazy
will you stay
i have no will to get up
may i ask something
May was hard
I lost all hope
there is no joy left
the grace period is over
it left a mark
Rose petals everywhere
i'm frank about it
Sydney is far
I moved to Boston
I live in Paris now
San Diego is lonely
St Louis is cold
i hate my high school
high school was hell
I graduated from high school
college is hard
i go to a state university
I go to community college
my university is big
University life is lonely
at university everyone drinks
i want to go to law school
the best college in the state
my middle school friends
2 blocks down the road
it took 5 hours drive
100 percent way off
3 am on the street
on the road again
i walked down the street
20 minutes of my way
at 3.30 I woke up
in 2019 I moved
i got 85 out of 100
call 911
i called 988
i weigh 120 pounds
it's 2:37 a.m.
10,000 steps
from 2019-2021 i was fine
my instagram is private
i deleted wechat
snap out of it
my phone is dead
my number is up
i can't handle this.
i met her @ work
be there @5pm
that was it.Me again
e.g. sleep
i.e. nothing
Mr. Nobody, that's me, kidding, mr nobody cares
miss you
I Miss You
Doctor. Get me one
dr appointment tomorrow
the professor said no
Uncle said so
Coach made us run
my coach made us run
son of a bitch
SON OF A BITCH
GO AWAY PLEASE
I HATE MY LIFE
is it April already
see you Sunday
Christmas was bad
god help me
""".strip().split("\n")
